/** The impact of a metaorder in a latent book, and what is left of it. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS = {
  impact: 'impact while it buys, in √(D·t)',
  left: 'of its peak, left at the end',
} as const;

export function latentBookReport({ cells }: Summary): string {
  return estimateTable(cells[0]!.metrics, WORDS);
}
