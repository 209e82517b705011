/**
 * The outputs of a point's runs, as they are compared between points. Run r of all points has the same seed, so that a run
 * that one of the points lost is left out at all of them where points are compared; a point's own mean is of all that it has.
 */
import type { RunColumns } from '../models/model.ts';

/** The runs of a point that finished in every cell (the policy's shocks): an output of a run is its mean over the cells. */
export class PointSample {
  /** Of the runs, in their order. */
  readonly numbers: Float64Array;
  readonly #cells: readonly RunColumns[];

  constructor(cells: readonly RunColumns[]) {
    this.#cells = cells;
    this.numbers = pairedNumbers(cells.map(({ run }) => run!));
  }

  /** An output of these runs; of all if left out. */
  of(name: string, numbers = this.numbers): Float64Array {
    const values = this.#cells.map((cell) => {
      if (cell['run']!.length === numbers.length) return cell[name]!; // all of them
      const place = new Map(Array.from(cell['run']!, (run, i) => [run, i]));
      return numbers.map((run) => cell[name]![place.get(run)!]!);
    });
    return numbers.map((_, i) => meanOf(values.map((cell) => cell[i]!)));
  }
}

/** Numbers that are in each of the lists, in the order of the first. */
export function pairedNumbers(lists: readonly Float64Array[]): Float64Array {
  const [first = new Float64Array(0), ...others] = lists;
  const sets = others.map((list) => new Set(list));
  return first.filter((number) => sets.every((set) => set.has(number)));
}

/** Why runs of a point are no result: no run finished in every cell, or a run that did has no value. */
export function missingOutput(cells: readonly RunColumns[], names: readonly string[]): string | undefined {
  const sample = new PointSample(cells);
  if (sample.numbers.length === 0) return 'no run finished under all shocks';
  const missing = names.find((name) => !sample.of(name).every(Number.isFinite));
  return missing === undefined ? undefined : `a run has no ${missing}`;
}

/** Undefined: there can be indices. Of `samples` those that failed are undefined. */
export function whyNoIndices(
  samples: readonly (PointSample | undefined)[],
  paired: number,
  runs: number,
): string | undefined {
  const failed = samples.filter((sample) => sample === undefined).length;
  if (failed > 0) return `indices need every point, and ${failed} of ${samples.length} failed`;
  const least = Math.min(2, runs);
  if (paired >= least) return undefined;
  return `indices need ${least} runs that finished at every point, and there ${paired === 1 ? 'is' : 'are'} ${paired}`;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
