/**
 * Whether a ranking stands in many plausible worlds. In each of them, several are measured on the same runs; worlds count the
 * same. What differs from world to world is not known better, so that worlds, not runs, are what a bootstrap draws.
 */
import type { Rng } from '../../core/rng.ts';
import type { Estimate } from '../estimate.ts';
import { CONFIDENCE } from '../estimate.ts';
import { momentsOf } from '../intervals/moments.ts';
import { wilson } from '../intervals/proportion.ts';

/** Values of each of them (outer), run by run: run r of all has the same luck. */
export type World = readonly ArrayLike<number>[];

export type Better = 'less' | 'more';

export interface PairShares {
  /** Share of world and run in which the first is better, ties counted half; 95 % interval over worlds. */
  readonly better: Estimate;
  /** Shares of the worlds in which its mean is better, and in which means are equal. */
  readonly in_worlds: Estimate;
  readonly tied: number;
  /**
   * Share of the variance over worlds of the difference of means that is luck of their runs, and not the worlds: the mean
   * variance of a mean of paired differences over the variance of such means. NaN without a world of two runs, or where no
   * difference differs.
   */
  readonly luck: number;
}

/** Share of the worlds from which on what is so in them is said of all. */
export const ROBUST = 0.8;

const RESAMPLES = 999;

/** Of number `a` against number `b`. Throws an Error without a world. */
export function pairShares(
  worlds: readonly World[],
  a: number,
  b: number,
  better: Better,
  rng: Rng,
): PairShares {
  if (worlds.length === 0) throw new Error('ranking: needs a world');
  const shares = worlds.map((world) => shareBetter(world[a]!, world[b]!, better));
  const signs = worlds.map((world) => Math.sign(gain(meanOf(world[a]!), meanOf(world[b]!), better)));
  return {
    better: bootstrapped(shares, rng),
    in_worlds: wilson(signs.filter((sign) => sign > 0).length, worlds.length),
    tied: signs.filter((sign) => sign === 0).length / worlds.length,
    luck: luckOf(worlds, a, b),
  };
}

function luckOf(worlds: readonly World[], a: number, b: number): number {
  const each = worlds.map((world) => momentsOf(Array.from(world[a]!, (value, r) => value - world[b]![r]!)));
  const known = each.filter(({ n }) => n > 1);
  const own = meanOf(known.map(({ n, sd }) => (sd * sd) / n));
  const { sd } = momentsOf(each.map(({ mean }) => mean));
  return sd > 0 ? Math.min(1, own / (sd * sd)) : NaN;
}

export interface Ranking {
  /** Numbers, the best first, by their means over all worlds. */
  readonly order: readonly number[];
  /** Of each whether it is as good as the one before: equal in so many worlds that it counts as that. */
  readonly ties: readonly boolean[];
  /** Share of the worlds in which each is better than the next, or, where they are tied, equal to it. */
  readonly same: Estimate;
}

export function rankingOf(worlds: readonly World[], better: Better): Ranking {
  const count = worlds[0]!.length;
  const own = worlds.map((world) => world.map(meanOf));
  const means = Array.from({ length: count }, (_, i) => meanOf(own.map((world) => world[i]!)));
  const order = means.map((_, i) => i).sort((a, b) => -gain(means[a]!, means[b]!, better) || a - b);
  /** How much better the one before number n of the order is. */
  const gains = own.map((world) =>
    order.map((one, n) => (n === 0 ? NaN : gain(world[order[n - 1]!]!, world[one]!, better))),
  );
  const ties = order.map((_, n) => gains.filter((by) => by[n] === 0).length / worlds.length >= ROBUST);
  const holds = (by: readonly number[]): boolean =>
    by.every((gained, n) => n === 0 || (ties[n]! ? gained === 0 : gained > 0));
  return { order, ties, same: wilson(gains.filter(holds).length, worlds.length) };
}

/** Above 0 where the first is better. */
function gain(a: number, b: number, better: Better): number {
  return better === 'less' ? b - a : a - b;
}

function shareBetter(a: ArrayLike<number>, b: ArrayLike<number>, better: Better): number {
  let sum = 0;
  for (let r = 0; r < a.length; r++) sum += (1 + Math.sign(gain(a[r]!, b[r]!, better))) / 2;
  return sum / a.length;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Percentiles of means of worlds drawn anew; where all worlds say the same, Wilson's interval of so many. */
function bootstrapped(shares: readonly number[], rng: Rng): Estimate {
  const value = meanOf(shares);
  const n = shares.length;
  if (shares.every((one) => one === shares[0])) {
    const { low, high } = wilson(Math.round(value * n), n);
    return { value, low: Math.min(low, value), high: Math.max(high, value) };
  }
  const drawn = Float64Array.from({ length: RESAMPLES }, () =>
    meanOf(shares.map(() => shares[rng.below(n)]!)),
  ).sort();
  const at = (p: number): number => drawn[Math.round(p * (RESAMPLES + 1)) - 1]!;
  const tail = (1 - CONFIDENCE) / 2;
  return { value, low: Math.min(value, at(tail)), high: Math.max(value, at(1 - tail)) };
}
