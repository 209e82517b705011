/**
 * How a plan of runs is cut into batches. It depends on the experiment alone, never on the number of workers or on who
 * is done first, so that the parts that batches write are the same everywhere.
 */
export interface Batch {
  /** Position in the plan, and number of the parts it writes. */
  readonly index: number;
  readonly cell: number;
  /** Runs first … first + count − 1 of the cell. */
  readonly first: number;
  readonly count: number;
}

/** Enough batches that workers end together, few enough that files and messages stay few. */
const BATCHES_PER_CELL = 8;
const MOST_RUNS_PER_BATCH = 1000;

export function planBatches(cells: number, runs: number): Batch[] {
  const size = Math.min(MOST_RUNS_PER_BATCH, Math.ceil(runs / BATCHES_PER_CELL));
  const batches: Batch[] = [];
  for (let cell = 0; cell < cells; cell++) {
    for (let first = 0; first < runs; first += size) {
      batches.push({ index: batches.length, cell, first, count: Math.min(size, runs - first) });
    }
  }
  return batches;
}
