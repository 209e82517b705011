/** Counterfactuals of one shock as a table: a row a policy and change. */
import { policyAt } from '../../models/market/venue-columns.ts';
import type { CellSummary } from '../../models/model.ts';
import type { Counterfactual } from '../../models/market/counterfactuals.ts';
import type { Format } from '../../report/words/numbers.ts';
import { table } from './table.ts';
import { estimateCell, money, percent, whole } from '../../report/words/numbers.ts';

/** undefined: the experiment has none. Without `wide`: what becomes of the price, and of the accounts. */
export function counterfactualReport(
  cells: readonly CellSummary[],
  unit: string,
  wide: boolean,
): string | undefined {
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
  const rows = cells.flatMap(({ labels, metrics }) =>
    ((metrics['counterfactuals'] ?? []) as readonly Counterfactual[]).map((result) => ({
      name: `${policyAt(labels)}\n${result.change}`,
      result,
    })),
  );
  if (rows.length === 0) return undefined;
  const columns = outcomes.flatMap(([head, key, format]) => [
    { head, cells: rows.map(({ result }) => estimateCell(result[key].fork, format)) },
    {
      head: 'causal\nshare',
      cells: rows.map(({ result }) => estimateCell(result[key].causal_share, percent)),
    },
  ]);
  const naming = { head: 'policy, changed\nat the shock', cells: rows.map(({ name }) => name) };
  return table(naming, wide ? columns : columns.slice(0, 3));
}
