/** Facts of trades: memory of signs, sizes, clustering in time, and what volume has to do with moves. */
import { exp, log } from '../../core/maths.ts';
import { correlation } from '../intervals/correlation.ts';
import type { Block, Fact } from './block.ts';
import { kept } from './kept.ts';
import { pooledCorrelation } from './pooled-correlation.ts';
import { joined, returnsOf, sizesOf } from './returns.ts';

/** Autocorrelation of the signs of aggressive orders, at a lag of so many orders. */
export function signCorrelation(lag: number): Fact {
  return (blocks) =>
    pooledCorrelation(
      blocks.map((block) => block.trade_sign),
      lag,
    );
}

/**
 * Exponent γ of C(lag) ∝ lag^−γ between two lags: slope of a line through the logarithms of the mean correlations in bins that
 * are equally wide in the logarithm. Bins below 0 are left out; NaN with fewer than three.
 */
export function signExponent(from: number, to: number, bins = 8): Fact {
  return (blocks) => {
    const signs = blocks.map((block) => block.trade_sign);
    const edges = Array.from({ length: bins + 1 }, (_, i) =>
      Math.round(from * exp((i / bins) * log(to / from))),
    );
    const points: [number, number][] = [];
    for (let bin = 0; bin < bins; bin++) {
      // Some lags of each bin: all of them would take long, and say hardly more.
      const lags = sampled(edges[bin]!, edges[bin + 1]!, 3);
      const mean = lags.reduce((sum, lag) => sum + pooledCorrelation(signs, lag), 0) / lags.length;
      const centre = lags.reduce((sum, lag) => sum + log(lag), 0) / lags.length;
      if (mean > 0) points.push([centre, log(mean)]);
    }
    return points.length < 3 ? NaN : -slopeOf(points);
  };
}

function sampled(from: number, to: number, most: number): number[] {
  const count = Math.max(1, Math.min(most, to - from));
  return Array.from({ length: count }, (_, i) => from + Math.floor(((to - from) * i) / count));
}

/** Of the least-squares line. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const n = points.length;
  const x = points.reduce((sum, point) => sum + point[0], 0) / n;
  const y = points.reduce((sum, point) => sum + point[1], 0) / n;
  let products = 0;
  let squares = 0;
  for (const point of points) {
    products += (point[0] - x) * (point[1] - y);
    squares += (point[0] - x) * (point[0] - x);
  }
  return products / squares;
}

/** Of the times between trades of a stretch: how many, their sum, and that of their squares. */
const waitsOf = kept((trade_s: Float64Array) => {
  let sum = 0;
  let squares = 0;
  for (let i = 1; i < trade_s.length; i++) {
    const wait = trade_s[i]! - trade_s[i - 1]!;
    sum += wait;
    squares += wait * wait;
  }
  return { n: Math.max(0, trade_s.length - 1), sum, squares };
});

/** Standard deviation over mean of the times between trades: 1 for a Poisson process. */
export const waitingVariation: Fact = (blocks) => {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const { trade_s } of blocks) {
    const waits = waitsOf(trade_s);
    n += waits.n;
    sum += waits.sum;
    squares += waits.squares;
  }
  const mean = sum / n;
  return Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean;
};

/** Correlation of the volume and the absolute return of intervals. */
export function volumeAndMoves(seconds: number): Fact {
  const intervalsOf = kept((block: Block) => {
    const moves = sizesOf(returnsOf(block.mid, seconds));
    const volume = new Float64Array(moves.length);
    block.trade_s.forEach((time, i) => {
      const interval = Math.floor((time - block.start_s) / seconds);
      if (interval >= 0 && interval < volume.length)
        volume[interval] = volume[interval]! + block.trade_size[i]!;
    });
    return { volume, moves };
  });
  return (blocks) => {
    const all = blocks.map(intervalsOf);
    return correlation(joined(all.map(({ volume }) => volume)), joined(all.map(({ moves }) => moves)));
  };
}

/**
 * How far trades move the price: slope of a line without intercept of returns on the flow of their interval, in 0.01 % a unit.
 * Flow: Σ s·q, or with `root` its signed square root.
 */
export function impactSlope(seconds: number, root: boolean): Fact {
  return (blocks) => {
    let products = 0;
    let squares = 0;
    for (const block of blocks) {
      const returns = returnsOf(block.mid, seconds);
      const flows = new Float64Array(returns.length);
      block.trade_s.forEach((time, i) => {
        const interval = Math.floor((time - block.start_s) / seconds);
        if (interval >= 0 && interval < flows.length)
          flows[interval] = flows[interval]! + block.trade_sign[i]! * block.trade_size[i]!;
      });
      returns.forEach((r, i) => {
        const flow = root ? Math.sign(flows[i]!) * Math.sqrt(Math.abs(flows[i]!)) : flows[i]!;
        products += flow * r;
        squares += flow * flow;
      });
    }
    return (1e4 * products) / squares;
  };
}

/** Mean size of aggressive orders. */
export const meanTradeSize: Fact = (blocks) => {
  let sum = 0;
  let n = 0;
  for (const { trade_size } of blocks) {
    n += trade_size.length;
    for (const size of trade_size) sum += size;
  }
  return sum / n;
};

/** Trades per second. */
export const tradeRate: Fact = (blocks) =>
  blocks.reduce((sum, { trade_s }) => sum + trade_s.length, 0) /
  blocks.reduce((sum, { mid }) => sum + mid.length - 1, 0);

export const largestTrade: Fact = (blocks) => {
  let largest = 0;
  for (const { trade_size } of blocks) for (const size of trade_size) if (size > largest) largest = size;
  return largest;
};
