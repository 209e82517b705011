/** Facts of the book: how wide it is, and what stands at the best prices. */
import type { Fact } from './block.ts';
import { kept } from './kept.ts';
import { joined } from './returns.ts';

/** Share of looks at which the spread is at most (or, `above`, more than) so many ticks. */
export function spreadShare(ticks: number, above = false): Fact {
  const narrow = kept((spread: Float64Array) =>
    spread.reduce((count, value) => (value <= ticks ? count + 1 : count), 0),
  );
  return (blocks) => {
    let within = 0;
    let n = 0;
    for (const { spread } of blocks) {
      n += spread.length;
      within += narrow(spread);
    }
    return above ? 1 - within / n : within / n;
  };
}

/** Median value at the best prices. */
export const medianTouch: Fact = (blocks) => {
  const values = joined(blocks.map(({ touch }) => touch)).sort();
  const n = values.length;
  return n === 0 ? NaN : (values[(n - 1) >> 1]! + values[n >> 1]!) / 2;
};

const sumOf = kept((values: Float64Array) => values.reduce((sum, value) => sum + value, 0));

/** Mean of a series of looks. */
export function meanOf(column: 'spread' | 'touch' | 'activity'): Fact {
  return (blocks) => {
    let sum = 0;
    let n = 0;
    for (const block of blocks) {
      n += block[column].length;
      sum += sumOf(block[column]);
    }
    return sum / n;
  };
}

/** Mean over the ends of stretches of the value within 1 % of the middle. */
export const meanDepth: Fact = (blocks) => blocks.reduce((sum, { depth }) => sum + depth, 0) / blocks.length;

/** Mean over stretches of the value within 0.02 % of the middle. */
export const meanNear: Fact = (blocks) => blocks.reduce((sum, { near }) => sum + near, 0) / blocks.length;
