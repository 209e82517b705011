/** One experiment file from its text to what the terminal shows, in this process: what `unwind run` does without a pool. */
import { rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { asPlaced } from '../../src/cli/placed.ts';
import { printOutcome } from '../../src/cli/report/outcome.ts';
import { lazyColumns } from '../../src/lab/store/columns.ts';
import type { Experiment } from '../../src/models/experiment.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import { makeManifest } from '../../src/lab/make-manifest.ts';
import { modelOf } from '../../src/models/index.ts';
import type { Part } from '../../src/lab/store/parts.ts';
import { writePart } from '../../src/lab/store/parts.ts';
import { planOf } from '../../src/lab/plan/plan.ts';
import type { Failure } from '../../src/lab/work/runs.ts';
import { makeRuns } from '../../src/lab/work/runs.ts';
import { sensitivityDesign } from '../../src/design/sensitivity/sensitivity-design.ts';
import { checkStop } from '../../src/lab/work/stopping.ts';
import { newOrder } from '../../src/lab/store/order.ts';
import { DEFAULT_LIMITS } from '../../src/lab/plan/limits.ts';
import type { RunWatch } from '../../src/lab/work/watch.ts';
import { TuneSetup } from '../../src/design/tune/setup.ts';

export interface Case {
  readonly file: string;
  readonly sets: readonly string[];
}

export interface Outcome {
  /** Runs that were made, and what those that were lost died of. */
  readonly runs: number;
  readonly failures: readonly Pick<Failure, 'name' | 'message' | 'stack'>[];
  /** Why it was refused, or what broke. */
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
}

/** Nobody waits for these runs with a clock: the process that runs them is watched. */
const NOBODY: RunWatch = {
  isRepeated: false,
  unchanged: () => Promise.resolve(),
  lostBefore: () => undefined,
  begin: () => undefined,
  settle: () => Promise.resolve(),
  end: () => undefined,
};

/** Cells that are run: of many the first, the last, and one between. */
const CELLS = 3;
const RUNS = 2;

export async function runFile({ file, sets }: Case, scratch: string): Promise<Outcome> {
  const failures: Failure[] = [];
  let runs = 0;
  let experiment: Experiment | undefined;
  try {
    experiment = readExperiment(file, { sets });
    checkStop(experiment);
    planOf(experiment);
    checkDesigns(experiment);
    runs = await runAndReport(experiment, scratch, failures);
    return { runs, failures };
  } catch (thrown) {
    const error = experiment === undefined ? thrown : asPlaced(thrown, experiment);
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { runs, failures, error: { name, message, stack } };
  }
}

/** What `tune` and `sensitivity` check before they evaluate a point. */
function checkDesigns(experiment: Experiment): void {
  if (experiment.tune !== undefined) new TuneSetup(experiment).search();
  if (experiment.sensitivity !== undefined) sensitivityDesign(experiment);
}

async function runAndReport(experiment: Experiment, scratch: string, failures: Failure[]): Promise<number> {
  const model = modelOf(experiment);
  const cells = model.cells(experiment);
  const chosen = new Set([0, cells.length - 1, Math.floor(cells.length / 2)].slice(0, CELLS));
  const folder = join(scratch, 'results');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const lost: { cell: number; run: number; name: string; message: string }[] = [];
  let made = 0;
  const partsOf: Part[][] = [];
  for (const cell of cells.keys()) {
    const count = chosen.has(cell) ? Math.min(RUNS, experiment.runs) : 0;
    const { rows, failures: own } = await makeRuns(experiment, { cell, first: 0, count }, model.tables, {
      watch: NOBODY,
    });
    failures.push(...own);
    lost.push(...own.map(({ run, name, message }) => ({ cell, run, name, message })));
    made += count - own.length;
    partsOf.push(model.tables.map((table, i) => writePart(folder, table, cell, rows[i]!)));
  }
  const parts = partsOf.flat();
  const order = newOrder(experiment, { version: '0', command: 'fuzz' }, { limits: DEFAULT_LIMITS });
  const execution = {
    parts,
    lost,
    columns: lazyColumns(folder, model, partsOf),
    runs: RUNS,
    stop: { rounds: 1, because: 'runs' as const },
    seconds: 1,
  };
  const timing = { started: order.started, seconds: 1, workers: 1 };
  const manifest = makeManifest(order, execution, timing);
  for (const json of [false, true]) printOutcome({ experiment, manifest, folder }, json);
  return made;
}
