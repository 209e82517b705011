/** Runs of one point of a design, in a worker: nothing is written, the columns of the table `runs` go back. */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../experiment/index.ts';
import { readExperiment } from '../experiment/index.ts';
import { modelOf } from '../models/index.ts';
import type { RunColumns } from '../models/model.ts';

export interface PointInput {
  readonly file: string;
  /** What is changed at all points. */
  readonly sets: readonly string[];
  /** Of the files that the experiment was read from: points must not see what is changed in them meanwhile. */
  readonly contents: Experiment['contents'];
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

/** Columns of each cell, or what went wrong, as plain data. */
export type PointResult =
  | { readonly ok: true; readonly cells: readonly RunColumns[] }
  | { readonly ok: false; readonly message: string };

/** What a user can change; anything else is a defect, and shows its stack. */
const EXPECTED = ['ConfigError', 'CapacityError'];

export function runPoint({ file, sets, contents }: PointInput, task: PointTask): PointResult {
  try {
    const read = readExperiment(file, { sets: [...sets, ...task.sets], seed: task.seed, contents });
    const experiment = ofPolicy(read, task.policy);
    const cells = modelOf(experiment).cells(experiment);
    return { ok: true, cells: cells.map((_, cell) => columnsOf(experiment, cell, task)) };
  } catch (error) {
    if (error instanceof ConfigError) return { ok: false, message: error.describe() };
    const { name, message, stack } = error as Error;
    return { ok: false, message: EXPECTED.includes(name) ? message : (stack ?? message) };
  }
}

/** The experiment with one of its policies alone. Throws ConfigError if there is none of that name. */
export function ofPolicy(experiment: Experiment, policy: string | undefined): Experiment {
  if (policy === undefined) return experiment;
  if (experiment.model !== 'market' || experiment.policies[policy] === undefined) {
    throw new ConfigError(['policy'], `there is no policy ${policy}`);
  }
  return { ...experiment, policies: { [policy]: experiment.policies[policy] } };
}

function columnsOf(experiment: Experiment, cell: number, { first, count }: PointTask): RunColumns {
  const model = modelOf(experiment);
  const { name: table, columns } = model.tables[0]!;
  const rows: (readonly (number | string | boolean)[])[] = [];
  const runner = model.prepare(experiment, cell);
  for (let run = first; run < first + count; run++) {
    runner.run(run, (to, row) => {
      if (to === table) rows.push(row);
    });
  }
  return Object.fromEntries(
    columns.flatMap(({ name, type }, i) =>
      type === 'INT32' || type === 'DOUBLE'
        ? [[name, Float64Array.from(rows, (row) => row[i] as number)] as const]
        : [],
    ),
  );
}
