/** Facts of the book: how wide it is, and what stands at the best prices. */
import type { Block, Fact } from './block.ts';

/** Share of looks at which the spread is at most (or, `above`, more than) so many ticks. */
export function spreadShare(ticks: number, above = false): Fact {
  return (blocks) => {
    let within = 0;
    let n = 0;
    for (const { spread } of blocks) {
      n += spread.length;
      for (const value of spread) if (value <= ticks) within++;
    }
    return above ? 1 - within / n : within / n;
  };
}

/** Median value at the best prices. */
export const medianTouch: Fact = (blocks) => {
  const values = joined(blocks, 'touch').sort();
  const n = values.length;
  return n === 0 ? NaN : (values[(n - 1) >> 1]! + values[n >> 1]!) / 2;
};

/** Mean of a series of looks. */
export function meanOf(column: 'spread' | 'touch' | 'activity'): Fact {
  return (blocks) => {
    let sum = 0;
    let n = 0;
    for (const block of blocks) {
      n += block[column].length;
      for (const value of block[column]) sum += value;
    }
    return sum / n;
  };
}

/** Mean over the ends of stretches of the value within 1 % of the middle. */
export const meanDepth: Fact = (blocks) => blocks.reduce((sum, { depth }) => sum + depth, 0) / blocks.length;

/** Mean over stretches of the value within 0.02 % of the middle. */
export const meanNear: Fact = (blocks) => blocks.reduce((sum, { near }) => sum + near, 0) / blocks.length;

function joined(blocks: readonly Block[], column: 'touch' | 'spread'): Float64Array {
  const all = new Float64Array(blocks.reduce((sum, block) => sum + block[column].length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block[column], at);
    at += block[column].length;
  }
  return all;
}
