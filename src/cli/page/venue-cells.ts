/**
 * Results of several venues, for reports that know policies alone: a policy at a venue is one of them, `binance at A`, in the
 * summary and in what figures ask the tables.
 */
import type { Summary } from '../../models/model.ts';
import { policyAt } from '../../models/market/venue-columns.ts';
import type { Question } from '../../report/figures/figure.ts';
import type { AskedTable } from '../query/database.ts';

/** Names of the venues; none where there is one alone. */
export function venuesIn({ cells }: Summary): string[] {
  return [...new Set(cells.flatMap(({ labels }) => labels['venue'] ?? []))];
}

export function byPolicyAt(summary: Summary): Summary {
  const venues = venuesIn(summary);
  if (venues.length === 0) return summary;
  return {
    ...summary,
    cells: summary.cells.map((cell) => ({ ...cell, labels: labelsAt(cell.labels) })),
    comparisons: summary.comparisons.map((one) => {
      const { policy = '', venue = '' } = one.labels;
      // Another venue under the same policy, or another policy at the same venue.
      const isVenue = venues.includes(one.against) && one.against !== venue;
      const against = isVenue ? { policy, venue: one.against } : { policy: one.against, venue };
      return { ...one, labels: labelsAt(one.labels), against: policyAt(against) };
    }),
  };
}

function labelsAt({ venue, ...labels }: Readonly<Record<string, string>>): Record<string, string> {
  return venue === undefined ? labels : { ...labels, policy: policyAt({ ...labels, venue }) };
}

/** The question, of tables in which each venue's rows have its name in their policy's. */
export function questionAt(
  { sql }: Question,
  tables: readonly AskedTable[],
  venues: readonly string[],
): string {
  if (venues.length === 0) return sql;
  const views = tables.map((table) => `${table.name} as (${rowsAt(table, venues)})`).join(', ');
  return sql.startsWith('with ') ? `with ${views}, ${sql.slice('with '.length)}` : `with ${views} ${sql}`;
}

function rowsAt({ name, columns }: AskedTable, venues: readonly string[]): string {
  if (columns.some((column) => column.name === 'venue'))
    return `select * replace (policy || ' at ' || venue as policy) from main.${name}`;
  // A column a venue: A_drop, B_drop.
  return venues
    .map((venue) => {
      const prefix = `${venue}_`;
      const own = columns
        .filter((column) => column.name.startsWith(prefix))
        .map((column) => `"${column.name}" as "${column.name.slice(prefix.length)}"`);
      return `select policy || ' at ${venue}' as policy, shock, run, ${own.join(', ')} from main.${name}`;
    })
    .join(' union all ');
}
