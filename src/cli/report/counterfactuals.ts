/** Counterfactuals of one shock as a table: a row a policy and change. */
import Table from 'cli-table3';
import type { CellSummary } from '../../lab/models/model.ts';
import type { Counterfactual } from '../../lab/models/market/counterfactuals.ts';
import type { Format } from './numbers.ts';
import { estimateCell, money, percent, whole } from './numbers.ts';

/** undefined: the experiment has none. */
export function counterfactualReport(cells: readonly CellSummary[], unit: string): string | undefined {
  const outcomes: readonly (readonly [
    head: string,
    key: 'drop' | 'accounts' | 'share' | 'bad_debt',
    Format,
  ])[] = [
    ['worst\nprice move', 'drop', percent],
    ['accounts\nliquidated', 'accounts', whole],
    ['share of\nopen interest', 'share', percent],
    [`bad debt\n${unit}`, 'bad_debt', money],
  ];
  const heads = outcomes.flatMap(([head]) => [head, 'causal\nshare']);
  const table = new Table({
    head: ['policy', 'changed at the shock', ...heads],
    style: { head: [], border: [] },
  });
  for (const { labels, metrics } of cells) {
    for (const result of (metrics['counterfactuals'] ?? []) as readonly Counterfactual[]) {
      table.push([
        labels['policy']!,
        result.change,
        ...outcomes.flatMap(([, key, format]) => [
          estimateCell(result[key].fork, format),
          estimateCell(result[key].causal_share, percent),
        ]),
      ]);
    }
  }
  return table.length === 0 ? undefined : table.toString();
}
