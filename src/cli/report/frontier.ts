/** The frontier of cost against safety: a line a policy, with who dominates it. */
import pc from 'picocolors';
import type { ComparedMetric, Frontier, Frontiers } from '../../models/compare/index.ts';
import { FRONTIER_LEGEND, formatOf, unitOf, verdictText } from '../../report/words/compared.ts';
import { table } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateCell, minus } from '../../report/words/numbers.ts';

/** Of one block: costs, then safety, then who dominates the policies. */
export function frontierTable({ money: moneyUnit, metrics }: Frontiers, { rows }: Frontier): string {
  const axes = (['cost', 'safety'] as const).flatMap((role) => metrics.filter((one) => one.role === role));
  const columns = axes.map((axis) => ({
    head: headOf(axis, moneyUnit),
    cells: rows.map((row) => estimateCell(row.metrics[axis.name]!, formatOf(axis))),
  }));
  const policy = { head: 'policy', cells: rows.map((row) => row.policy) };
  const holders = new Map<string, string[]>();
  for (const row of rows)
    holders.set(verdictText(row), [...(holders.get(verdictText(row)) ?? []), row.policy]);
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

function headOf(axis: ComparedMetric, moneyUnit: string): string {
  // A head is broken between its words.
  return wrapped(`${axis.role}: ${axis.title}${unitOf(axis, moneyUnit)}`, 14);
}
