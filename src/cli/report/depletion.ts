/** Queue depletion's results as a table. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS: Readonly<Record<string, string>> = {
  p_up: 'P(the first move is up)',
  first_duration: 'time to the first move',
  p_continue: 'P(a move continues the one before)',
  p_continue_up: '… after an up-move',
  p_continue_down: '… after a down-move',
  mean_duration: 'time between moves',
  price_drift: 'drift of the price, ticks per unit of time',
  price_variance: 'variance of the price, tick² per unit of time',
};

export function depletionReport(summary: Summary): string {
  return estimateTable(summary.cells[0]!.metrics, WORDS);
}
