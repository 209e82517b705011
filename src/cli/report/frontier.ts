/** The frontier of cost against safety: a line a policy, with who dominates it. */
import pc from 'picocolors';
import type { ComparedMetric, Frontier, FrontierRow, Frontiers } from '../../models/compare/index.ts';
import type { Format } from './numbers.ts';
import { table } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateCell, minus, money, percent, plain, whole } from './numbers.ts';

/** How a metric is written: cells and differences alike. */
export function formatOf({ unit }: ComparedMetric): Format {
  return { share: percent, probability: plain, money, accounts: whole, number: plain }[unit];
}

/** What stands behind a number of the metric. */
export function unitOf({ unit }: ComparedMetric, moneyUnit: string): string {
  return unit === 'money' ? ` ${moneyUnit}` : '';
}

/** Of one block: costs, then safety, then who dominates the policies. */
export function frontierTable({ money: moneyUnit, metrics }: Frontiers, { rows }: Frontier): string {
  const axes = (['cost', 'safety'] as const).flatMap((role) => metrics.filter((one) => one.role === role));
  const columns = axes.map((axis) => ({
    head: headOf(axis, moneyUnit),
    cells: rows.map((row) => estimateCell(row.metrics[axis.name]!, formatOf(axis))),
  }));
  const policy = { head: 'policy', cells: rows.map((row) => row.policy) };
  const holders = new Map<string, string[]>();
  for (const row of rows) holders.set(verdictOf(row), [...(holders.get(verdictOf(row)) ?? []), row.policy]);
  const width = widthOf(process.stdout);
  const verdicts = [...holders].map(([verdict, policies]) =>
    wrapped(`${policies.join(', ')}: ${verdict}`, width, 2),
  );
  return [table(policy, columns), ...verdicts].join('\n');
}

/** The last block is that of all shocks together, if there are several. `notes`: lines on what it compares. */
export function frontierSummary(frontiers: Frontiers, notes: readonly string[] = []): string {
  const block = frontiers.blocks.at(-1)!;
  const width = widthOf(process.stdout);
  return [
    pc.bold(wrapped(minus(`Frontier of cost against safety, ${block.shock}`), width)),
    frontierTable(frontiers, block),
    ...notes.map((note) => wrapped(note, width, 2)),
    pc.dim(wrapped(FRONTIER_LEGEND, width)),
  ].join('\n');
}

export const FRONTIER_LEGEND =
  'dominated: another policy costs no more, is no less safe, and is better in one of these. * shown: each of these ' +
  'differences has an adjusted P below .05. Policies without a verdict are compared with nobody.';

function headOf(axis: ComparedMetric, moneyUnit: string): string {
  // A head is broken between its words.
  return wrapped(`${axis.role}: ${axis.title}${unitOf(axis, moneyUnit)}`, 14);
}

/** How many dominators a line names. */
const MOST_NAMED = 3;

/** Those that are shown come first. */
function verdictOf({ verdict, no_verdict, dominated_by }: FrontierRow): string {
  if (verdict === 'none') return `no verdict: ${no_verdict.join('; ')}`;
  if (verdict === 'on the frontier') return verdict;
  const sorted = [...dominated_by].sort((a, b) => Number(b.shown) - Number(a.shown));
  const named = sorted.slice(0, MOST_NAMED).map(({ policy, shown }) => (shown ? `${policy}*` : policy));
  const more = sorted.length - named.length;
  return `dominated by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
