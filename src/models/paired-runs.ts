/** Cells are compared run by run: on the runs that both of them have. */
import type { RunColumns } from './model.ts';

/** Two cells cut down to the runs that both of them have: a pair is lost with either side. */
export function pairedRuns(a: RunColumns, b: RunColumns): [RunColumns, RunColumns] {
  const [left, right] = [a['run']!, b['run']!];
  if (left.length === right.length && left.every((run, i) => run === right[i])) return [a, b];
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return [only(a, inRight), only(b, inLeft)];
}

function only(columns: RunColumns, runs: ReadonlySet<number>): RunColumns {
  const number = columns['run']!;
  const chosen: Record<string, Float64Array> = {};
  for (const name of Object.keys(columns)) {
    Object.defineProperty(chosen, name, {
      enumerable: true,
      get: () => columns[name]!.filter((_, i) => runs.has(number[i]!)),
    });
  }
  return chosen;
}
