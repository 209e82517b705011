/** The frontier of cost against safety: a line a policy, with who dominates it. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { ComparedMetric, Frontier, FrontierRow, Frontiers } from '../../lab/compare/index.ts';
import type { Format } from './numbers.ts';
import { estimateText, money, percent, plain, whole } from './numbers.ts';

/** How a metric is written: cells and differences alike. */
export function formatOf({ unit }: ComparedMetric): Format {
  return { share: percent, probability: plain, money, accounts: whole, number: plain }[unit];
}

/** What stands behind a number of the metric. */
export function unitOf({ unit }: ComparedMetric, moneyUnit: string): string {
  return unit === 'money' ? ` ${moneyUnit}` : '';
}

/** Of one block: costs, then safety, then who dominates the policy. */
export function frontierTable({ money: moneyUnit, metrics }: Frontiers, { rows }: Frontier): string {
  const axes = (['cost', 'safety'] as const).flatMap((role) => metrics.filter((one) => one.role === role));
  const table = new Table({
    head: ['policy', ...axes.map((axis) => headOf(axis, moneyUnit)), ''],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push([
      row.policy,
      ...axes.map((axis) => estimateText(row.metrics[axis.name]!, formatOf(axis))),
      verdictOf(row),
    ]);
  }
  return table.toString();
}

/** The last block is that of all shocks together, if there are several. */
export function frontierSummary(frontiers: Frontiers): string {
  const block = frontiers.blocks.at(-1)!;
  return [
    pc.bold(`Frontier of cost against safety, ${block.shock}`),
    frontierTable(frontiers, block),
    pc.dim(FRONTIER_LEGEND),
  ].join('\n');
}

export const FRONTIER_LEGEND =
  'dominated: another policy costs no more, is no less safe, and is better in one of these. * shown: each of these ' +
  'differences has an adjusted P below .05. Policies without a verdict are compared with nobody.';

function headOf(axis: ComparedMetric, moneyUnit: string): string {
  return `${axis.role}: ${axis.title}${unitOf(axis, moneyUnit)}`;
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
