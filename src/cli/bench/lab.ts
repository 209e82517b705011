/**
 * The laboratory around the engine: how long the main process takes to sum up many runs and how large it gets, and what a
 * second worker brings.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from '../../lab/work/execute.ts';
import type { Experiment } from '../../models/experiment.ts';
import { readExperiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { Part } from '../../lab/store/parts.ts';
import { writePart } from '../../lab/store/parts.ts';
import { planBatches } from '../../lab/plan/plan.ts';
import type { Aggregation } from './aggregate.ts';
import { FILE } from './worlds.ts';

export interface LabResult {
  readonly aggregation: Aggregation;
  readonly workers: WorkersResult;
}

interface WorkersResult {
  /** Of all cells. */
  readonly runs: number;
  /**
   * With one worker and with two, from when each has done its first batch: processes have started and are warm. The best of
   * turns that alternate, as what else the machine does would weigh on one of them only.
   */
  readonly runs_per_s: readonly [number, number];
  readonly ratio: number;
}

export async function measureLab(quick: boolean, progress: (text: string) => void): Promise<LabResult> {
  progress('summing up runs');
  const aggregation = measureAggregation(quick ? 1000 : 10_000);
  progress('one worker and two');
  return { aggregation, workers: await measureWorkers(quick ? 2 : 16, quick ? 1 : 2) };
}

/** Of that many runs of each cell of the default market: a few real ones over and over, under new numbers. */
function measureAggregation(runs: number): Aggregation {
  const experiment = readExperiment(FILE);
  const folder = mkdtempSync(join(tmpdir(), 'unwind-bench-'));
  try {
    const cells = manyRuns(experiment, folder, runs);
    writeFileSync(join(folder, 'cells.json'), JSON.stringify(cells));
    const child = fileURLToPath(new URL('aggregate.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [child, FILE, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`summing up failed: ${stderr}`);
    return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Aggregation;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Row = readonly (number | string | boolean)[];

/** How many different runs there are. */
const REAL_RUNS = 5;

/** Writes the parts of each cell, and gives them. */
function manyRuns(experiment: Experiment, folder: string, runs: number): Part[][] {
  const model = modelOf(experiment);
  const [table] = model.tables as [(typeof model.tables)[number]];
  const real: Row[] = [];
  const runner = model.prepare(experiment, 0);
  for (let run = 0; run < REAL_RUNS; run++) {
    runner.run(run, (name, row) => {
      if (name === table.name) real.push(row);
    });
  }
  const cells = model.cells(experiment);
  const parts: Part[][] = cells.map(() => []);
  for (const { index, cell, first, count } of planBatches(cells.length, runs, {
    most: model.mostRunsPerBatch,
  })) {
    const { labels } = cells[cell]!;
    const rows = table.columns.map(({ name }, i) =>
      Array.from({ length: count }, (_, n) => {
        if (name === 'run') return first + n;
        return labels[name] ?? real[(first + n) % REAL_RUNS]![i]!;
      }),
    );
    parts[cell]!.push(writePart(folder, table, index, rows));
  }
  return parts;
}

async function measureWorkers(runs: number, turns: number): Promise<WorkersResult> {
  const experiment = readExperiment(FILE, { runs });
  let one = 0;
  let two = 0;
  for (let turn = 0; turn < turns; turn++) {
    one = Math.max(one, await rateOf(experiment, 1));
    two = Math.max(two, await rateOf(experiment, 2));
  }
  const all = runs * modelOf(experiment).cells(experiment).length;
  return { runs: all, runs_per_s: [one, two], ratio: two / one };
}

async function rateOf(experiment: Experiment, workers: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'unwind-bench-'));
  try {
    let batches = -1; // the first call says that nothing is done
    let warm = { done: 0, at: 0 };
    let end = warm;
    await execute(experiment, folder, workers, (done) => {
      end = { done, at: performance.now() };
      if (++batches === workers) warm = end;
    });
    return ((end.done - warm.done) * 1000) / (end.at - warm.at);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
