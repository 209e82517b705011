/** What a maker earns and holds under each strategy, a table each. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS = {
  profit: 'mean profit, units of the middle',
  profit_sd: 'standard deviation of the profit',
  inventory: 'mean of what is held at the end, lots',
  inventory_sd: 'standard deviation of that',
} as const;

export function marketMakerReport({ cells }: Summary): string {
  return cells
    .map(({ labels, metrics }) => `quotes: ${labels['strategy']!}\n${estimateTable(metrics, WORDS)}`)
    .join('\n');
}
