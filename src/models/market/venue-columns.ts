/**
 * Columns of the table `runs` where a market has several venues: those of each venue have its name before their own, as in
 * `A_drop`. With one venue they have their own names alone.
 */
import type { RunColumns } from '../model.ts';
import type { MarketExperiment } from './file/compile.ts';

/** What stands before the column names of a venue; names of venues have letters and digits alone. */
export function columnPrefix({ venues }: Pick<MarketExperiment, 'venues'>, venue: number): string {
  return venues.length === 1 ? '' : prefixOf(venues[venue]!.name);
}

function prefixOf(venue: string): string {
  return `${venue}_`;
}

/** The columns of one venue under their own names; `venue`: its name, undefined where there is one alone. */
export function columnsAt(runs: RunColumns, venue: string | undefined): RunColumns {
  if (venue === undefined) return runs;
  const prefix = prefixOf(venue);
  const own = {} as Record<string, Float64Array>;
  for (const name of Object.keys(runs)) {
    if (name !== 'run' && !name.startsWith(prefix)) continue;
    // A column may be read when it is asked for first.
    Object.defineProperty(own, name === 'run' ? name : name.slice(prefix.length), {
      enumerable: true,
      get: () => runs[name],
    });
  }
  return own;
}

/** The policy of a cell as reports call it, with the venue where there are several. */
export function policyAt({ policy, venue }: Readonly<Record<string, string>>): string {
  return venue === undefined ? policy! : `${policy!} at ${venue}`;
}
