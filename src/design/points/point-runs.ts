/** Runs of one point of a design, in a worker: nothing is written, the columns of the table `runs` go back. */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import { readExperiment } from '../../models/experiment.ts';
import type { FailedRun, Lost } from '../../lab/store/failed-run.ts';
import { failedRuns } from '../../lab/store/failed-run.ts';
import { modelOf } from '../../models/index.ts';
import { momentsModel, momentsTable } from '../../lab/scorecard/moments-model.ts';
import type { AnyModel } from '../../models/index.ts';
import type { Cell, RunColumns, TableInfo } from '../../models/model.ts';
import type { Failure, RunRange, RunsOptions } from '../../lab/work/runs.ts';
import { makeRuns } from '../../lab/work/runs.ts';
import type { RunWatch } from '../../lab/work/watch.ts';

/** What runs of a point give: the table `runs` of each cell, or the moments of the market without shocks. */
export type Measures = 'results' | 'moments';

export interface PointInput {
  readonly measures: Measures;
  readonly file: string;
  /** What is changed at all points. */
  readonly sets: readonly string[];
  /** Of the files that the experiment was read from: points must not see what is changed in them meanwhile. */
  readonly contents: Experiment['contents'];
  readonly dataRoots: Experiment['dataRoots'];
  readonly plugIns: Experiment['plugIns'];
}

export interface PointTask {
  /** What is changed at this one. */
  readonly sets: readonly string[];
  readonly seed: string;
  /** Cells of this policy only; all if undefined. */
  readonly policy: string | undefined;
  /** Runs first … first + count − 1. */
  readonly first: number;
  readonly count: number;
}

export function pointInput(
  { file, sets, runs, contents, dataRoots, plugIns }: Experiment,
  measures: Measures = 'results',
): PointInput {
  return { measures, file, sets: [...sets, `runs=${runs}`], contents, dataRoots, plugIns };
}

/** The experiment at a point. Throws ConfigError where the point's settings do not fit. */
export function readPoint(
  { file, sets, contents, dataRoots, plugIns }: Omit<PointInput, 'measures'>,
  point: Pick<PointTask, 'sets' | 'seed'>,
): Experiment {
  return readExperiment(file, {
    sets: [...sets, ...point.sets],
    seed: point.seed,
    contents,
    dataRoots,
    ...(plugIns && { plugIns }),
  });
}

/** What runs of a point gave: columns of each cell, of the runs that finished, and the runs that did not. */
export interface PointRuns {
  readonly cells: readonly RunColumns[];
  readonly lost: readonly FailedRun[];
}

/** As plain data; `message`: why the point has no runs at all. */
export type PointResult =
  (PointRuns & { readonly ok: true }) | { readonly ok: false; readonly message: string };

/** The task of a worker: points of one experiment. */
export function pointTask(input: PointInput) {
  return (task: PointTask, watch: RunWatch): Promise<PointResult> => runPoint(input, task, watch);
}

/** Throws what is a defect, and not a setting that does not fit. */
async function runPoint(input: PointInput, task: PointTask, watch: RunWatch): Promise<PointResult> {
  try {
    const read = readPoint(input, task);
    if (input.measures === 'moments') return await momentsOf(read, task, watch);
    const experiment = ofPolicy(read, task.policy);
    const all = modelOf(read).cells(read);
    const lost: Lost[] = [];
    const cells: RunColumns[] = [];
    for (const cell of modelOf(experiment).cells(experiment).keys()) {
      const { columns, failures } = await columnsOf(
        experiment,
        { cell, ...task },
        modelOf(experiment).tables[0]!,
        { watch },
      );
      const number = task.policy === undefined ? cell : numberIn(all, task.policy, cell);
      lost.push(...failures.map(({ run, name, message }) => ({ cell: number, run, name, message })));
      cells.push(columns);
    }
    return { ok: true, cells, lost: failedRuns(read, lost) };
  } catch (error) {
    if (error instanceof ConfigError) return { ok: false, message: error.describe() };
    throw error;
  }
}

/** The moments of a market, as its one cell. */
async function momentsOf(experiment: Experiment, task: PointTask, watch: RunWatch): Promise<PointResult> {
  const model = momentsModel as unknown as AnyModel;
  const { columns, failures } = await columnsOf(experiment, { cell: 0, ...task }, momentsTable, {
    watch,
    model,
  });
  const lost = failures.map(({ run, name, message }) => ({ cell: 0, run, name, message }));
  return { ok: true, cells: [columns], lost: failedRuns(experiment, lost) };
}

/** Number of a policy's cell among those of all policies. */
function numberIn(all: readonly Cell[], policy: string, cell: number): number {
  const own = all.flatMap(({ labels }, number) => (labels['policy'] === policy ? [number] : []));
  return own[cell]!;
}

/** The experiment with one of its policies alone. Throws ConfigError if there is none of that name. */
export function ofPolicy(experiment: Experiment, policy: string | undefined): Experiment {
  if (policy === undefined) return experiment;
  if (experiment.model !== 'market' || experiment.policies[policy] === undefined) {
    throw new ConfigError(['policy'], `there is no policy ${policy}`);
  }
  return { ...experiment, policies: { [policy]: experiment.policies[policy] } };
}

async function columnsOf(
  experiment: Experiment,
  { cell, first, count }: RunRange,
  table: TableInfo,
  options: RunsOptions,
): Promise<{ columns: RunColumns; failures: readonly Failure[] }> {
  const { rows, failures } = await makeRuns(experiment, { cell, first, count }, [table], options);
  const columns = table.columns.flatMap(({ name, type }, i) =>
    type === 'INT32' || type === 'DOUBLE'
      ? [[name, Float64Array.from(rows[0]![i] as number[])] as const]
      : [],
  );
  return { columns: Object.fromEntries(columns), failures };
}
