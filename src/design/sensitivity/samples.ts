/**
 * The outputs of a point's runs, as they are compared between points. Run r of all points has the same seed. A point that
 * lost a run has no sample: the lost one may be the worst of all, and without it the point would look better than it is.
 */
import type { RunColumns } from '../../models/model.ts';

/** The runs of a point that finished in every cell (the policy's shocks): an output of a run is its mean over the cells. */
export class PointSample {
  /** Of the runs, in their order. */
  readonly numbers: Float64Array;
  readonly #cells: readonly RunColumns[];

  constructor(cells: readonly RunColumns[]) {
    this.#cells = cells;
    this.numbers = pairedNumbers(cells.map(({ run }) => run!));
  }

  /** An output of these runs. */
  of(name: string): Float64Array {
    const values = this.#cells.map((cell) => {
      if (cell['run']!.length === this.numbers.length) return cell[name]!; // all of them
      const place = new Map(Array.from(cell['run']!, (run, i) => [run, i]));
      return this.numbers.map((run) => cell[name]![place.get(run)!]!);
    });
    return this.numbers.map((_, i) => meanOf(values.map((cell) => cell[i]!)));
  }
}

/** Numbers that are in each of the lists, in the order of the first. */
function pairedNumbers(lists: readonly Float64Array[]): Float64Array {
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

/** Undefined: there can be indices, as no point failed and none lost a run. */
export function whyNoIndices(points: number, failed: number, withLosses: number): string | undefined {
  if (failed > 0) return `indices need every point, and ${failed} of ${points} failed`;
  if (withLosses === 0) return undefined;
  return `indices need every run, and ${withLosses} of ${points} points lost some, which may be the worst`;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
