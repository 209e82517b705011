/** The order book race's results as a table. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS: Readonly<Record<string, string>> = {
  p_up: 'P(the middle moves up first)',
  p_fill: 'P(the last order of the bid queue fills before)',
  p_make_spread: 'P(the last orders of both best queues fill before)',
};

export function bookRaceReport(summary: Summary): string {
  return estimateTable(summary.cells[0]!.metrics, WORDS);
}
