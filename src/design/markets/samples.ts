/** What policies gave in one market, run by run: the runs that finished under every policy and shock, means over the shocks. */
import { PointSample } from '../sensitivity/samples.ts';
import type { Cell, RunColumns } from '../../models/model.ts';

/** Of each policy the values of a column, in its order; runs have the same luck under all. */
export function samplesOf(
  labels: readonly Cell[],
  cells: readonly RunColumns[],
  policies: readonly string[],
): (column: string) => Float64Array[] {
  const common = new Set(new PointSample(cells).numbers);
  const complete = cells.map((cell) => {
    const kept = (_: number, i: number): boolean => common.has(cell['run']![i]!);
    return Object.fromEntries(Object.entries(cell).map(([name, values]) => [name, values.filter(kept)]));
  });
  const own = policies.map(
    (policy) => new PointSample(complete.filter((_, i) => labels[i]!.labels['policy'] === policy)),
  );
  return (column) => own.map((sample) => sample.of(column));
}
