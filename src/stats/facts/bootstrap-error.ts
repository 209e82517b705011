/** Standard error of a fact by a bootstrap of stretches: what it varies by when these are drawn anew. */
import type { Rng } from '../../core/rng.ts';
import type { Block, Fact } from './block.ts';

const RESAMPLES = 399;

/** NaN where the fact cannot be told of most resamples. */
export function bootstrapError(blocks: readonly Block[], fact: Fact, rng: Rng): number {
  const values: number[] = [];
  for (let n = 0; n < RESAMPLES; n++) {
    const value = fact(blocks.map(() => blocks[rng.below(blocks.length)]!));
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length < RESAMPLES / 2) return NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
}
