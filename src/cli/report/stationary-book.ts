/** The stationary book's results as a table, under the number of events that they are averages over. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';
import { whole } from '../../report/words/numbers.ts';

const DEPTHS = [1, 2, 3, 4, 5];

const WORDS: Readonly<Record<string, string>> = {
  mean_spread: 'mean spread, ticks',
  p_spread_1: 'P(the spread is one tick)',
  ...Object.fromEntries(
    DEPTHS.map((i) => [`depth_${i}`, `depth at ${i} from the opposite best quote, orders`]),
  ),
  mid_moves: 'moves of the middle per unit of time',
  quoted: 'share of the time with both quotes',
};

export function stationaryBookReport(summary: Summary): string {
  const { metrics } = summary.cells[0]!;
  return `${whole(metrics['events'] as number)} events\n${estimateTable(metrics, WORDS)}`;
}
