/**
 * How a plan of runs is cut into batches. It depends on the experiment alone, never on the number of workers or on who
 * is done first, so that the parts that batches write are the same everywhere.
 */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';

export interface Batch {
  /** Position in the plan, and number of the parts it writes. */
  readonly index: number;
  readonly cell: number;
  /** Runs first … first + count − 1 of the cell. */
  readonly first: number;
  readonly count: number;
  /** All cells make the same runs in a round; after each an experiment may stop. */
  readonly round: number;
}

export interface PlanOptions {
  /** Runs of each cell in a round; one round of all runs if left out. */
  readonly every?: number | undefined;
  /** Most runs of a batch: what a worker holds in memory, and what is lost when it dies. */
  readonly most?: number | undefined;
}

/** One run alone, to see it again. */
export interface OnlyRun {
  readonly run: number;
  /** Number of the cell; all of them if left out. */
  readonly cell?: number | undefined;
}

/** Where an experiment ended, and why there. */
export interface Stop {
  readonly rounds: number;
  /** All runs were made, the time was up, or the interval was narrow enough. */
  readonly because: 'runs' | 'time' | 'half_width';
}

/** Enough batches that workers end together, few enough that files and messages stay few. */
const BATCHES_PER_CELL = 8;
/** The last cell is in smaller pieces: they are what one worker may still do while the others have nothing left. */
const BATCHES_OF_THE_LAST = 32;
const MOST_RUNS_PER_BATCH = 1000;
/** Each is a file a table, and a line of the journal. */
const MOST_BATCHES = 1_000_000;

export function planOf(experiment: Experiment, only?: OnlyRun): Batch[] {
  const model = modelOf(experiment);
  const cells = model.cells(experiment).length;
  if (only !== undefined) return planOnly(cells, only);
  return planBatches(cells, experiment.runs, {
    every: experiment.stop?.check_every,
    most: model.mostRunsPerBatch,
  });
}

/** Rounds one after another, in each the cells one after another. */
export function planBatches(cells: number, runs: number, options: PlanOptions = {}): Batch[] {
  const { every = runs, most = MOST_RUNS_PER_BATCH } = options;
  const least = cells * Math.ceil(runs / Math.min(every, most));
  if (least > MOST_BATCHES) {
    const what = `of ${cells} cells would be cut into ${least} batches, at most ${MOST_BATCHES}: make fewer, or stop.check_every larger`;
    throw new ConfigError(['runs'], what);
  }
  const batches: Batch[] = [];
  for (let round = 0; round * every < runs; round++) {
    const end = Math.min(runs, (round + 1) * every);
    for (let cell = 0; cell < cells; cell++) {
      const pieces = cell === cells - 1 && end === runs ? BATCHES_OF_THE_LAST : BATCHES_PER_CELL;
      const size = Math.min(most, Math.ceil((end - round * every) / pieces));
      for (let first = round * every; first < end; first += size) {
        batches.push({ index: batches.length, cell, first, count: Math.min(size, end - first), round });
      }
    }
  }
  return batches;
}

function planOnly(cells: number, { run, cell: wanted }: OnlyRun): Batch[] {
  const all = Array.from({ length: cells }, (_, cell) => cell);
  return all
    .filter((cell) => wanted === undefined || cell === wanted)
    .map((cell, index) => ({ index, cell, first: run, count: 1, round: 0 }));
}
