/** How metaorders move the price, and what their order signs remember. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS = {
  orders: 'orders of a run',
  variance: 'variance of the price per order, in impact²',
  variance_long: '… over times ten times as long',
  signs_1: 'autocorrelation of order signs at lag 1',
  signs_10: '… at lag 10',
} as const;

export function metaordersReport({ cells }: Summary): string {
  return estimateTable(cells[0]!.metrics, WORDS);
}
