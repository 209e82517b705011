/**
 * Whether traders remember from one run to the next. A variable of a module (`let seen = 0`) outlives the run, and what a run
 * gives would depend on those that its thread has made before, so on the number of workers. A fresh copy of the code for each
 * run would be compiled each time anew; so it is looked for instead: a run that is made again after others must come out the
 * same, row by row.
 */
import { shipped } from '../../../agents/index.ts';
import type { Experiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { Rows, TableInfo } from '../../models/model.ts';

/** A run, made again, is not what it was. */
export class CarryOver extends Error {
  override readonly name = 'CarryOver';
}

/** Code of an experiment that does not come with unwind: kinds of trader, and files of plug-ins. */
export function ownCode(experiment: Experiment): string[] {
  const kinds = modelOf(experiment).kinds?.(experiment) ?? [];
  const own = kinds.filter((name) => !shipped.some(({ kind }) => kind === name));
  return [...new Set([...own, ...(experiment.plugIns ?? []).map(({ name }) => name)])];
}

/** What differs between the rows of a run and those of its repetition, as a text; undefined: nothing does. */
export function difference(
  tables: readonly TableInfo[],
  rows: readonly Rows[],
  again: readonly Rows[],
): string | undefined {
  for (const [t, { name: table, columns }] of tables.entries()) {
    for (const [c, { name }] of columns.entries()) {
      const [before, after] = [rows[t]![c]!, again[t]![c]!];
      for (let row = 0; row < Math.max(before.length, after.length); row++) {
        if (Object.is(before[row], after[row])) continue;
        if (before.length !== after.length)
          return `has ${after.length} rows of table ${table} instead of ${before.length}`;
        return `has ${name} ${String(after[row])} instead of ${String(before[row])}`;
      }
    }
  }
  return undefined;
}

/** `what`: as above, or how the repetition failed. */
export function carryOver(experiment: Experiment, cell: number, run: number, what: string): CarryOver {
  const where = Object.values(modelOf(experiment).cells(experiment)[cell]!.labels).join(', ');
  const code = ownCode(experiment).join(', ');
  return new CarryOver(
    `code of your own remembers from one run to the next (${code}): run ${run} of ${where}, made again after others, ${what}; ` +
      'keep what a trader remembers in its state',
  );
}
