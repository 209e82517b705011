/**
 * Facts that take whole days: what moves of a minute remember after an hour, and what is left of their tails after one. They
 * are of whole runs, as their memory is longer than a stretch, and the mean is that of all runs: around its own mean a day has
 * forgotten what all of it has in common. A single day underrates such a memory therefore, by half at 20 min.
 */
import { log } from '../../core/maths.ts';
import { pooledKurtosis } from '../intervals/kurtosis.ts';
import type { Prices } from './block.ts';
import { kept } from './kept.ts';
import { pooledCorrelation } from './pooled-correlation.ts';
import { joined, powersOf, returnsOf, sizesOf } from './returns.ts';
import { slopeOf } from './trades.ts';

/** Stretches of whole minutes, each of which begins where the one before it ended. */
export type Day = readonly Prices[];

/** A number made of whole runs; NaN where they are too short to tell. */
export type DaysFact = (days: readonly Day[]) => number;

const byHorizon = kept((_day: Day) => new Map<number, Float64Array>());

/** Logarithmic returns over whole `minutes` that do not overlap. Not to be written to. */
function returnsOver(day: Day, minutes: number): Float64Array {
  const known = byHorizon(day);
  const returns = known.get(minutes) ?? summed(day, minutes);
  known.set(minutes, returns);
  return returns;
}

function summed(day: Day, minutes: number): Float64Array {
  if (minutes === 1) return joined(day.map(({ mid }) => returnsOf(mid, 60)));
  const single = returnsOver(day, 1);
  return Float64Array.from({ length: Math.floor(single.length / minutes) }, (_, i) =>
    single.subarray(i * minutes, (i + 1) * minutes).reduce((sum, r) => sum + r, 0),
  );
}

/** Autocorrelation of absolute returns of one minute, at a lag of so many. */
export function moveMemory(lag: number): DaysFact {
  return (days) =>
    pooledCorrelation(
      days.map((day) => sizesOf(returnsOver(day, 1))),
      lag,
    );
}

/** Slope of the logarithm of that over the logarithm of the lag; NaN where moves are not remembered at one of these. */
export function moveMemorySlope(lags: readonly number[]): DaysFact {
  const memories = lags.map(moveMemory);
  return (days) => {
    const values = memories.map((memory) => memory(days));
    if (!values.every((value) => value > 0)) return NaN;
    return slopeOf(values.map((value, i) => [log(lags[i]!), log(value)]));
  };
}

/** Variance of returns over `minutes`, over that of as many independent ones of one minute. */
export function varianceRatio(minutes: number): DaysFact {
  return (days) => meanSquare(days, minutes) / (minutes * meanSquare(days, 1));
}

function meanSquare(days: readonly Day[], minutes: number): number {
  const powers = days.map((day) => powersOf(returnsOver(day, minutes)));
  return powers.reduce((sum, { second }) => sum + second, 0) / powers.reduce((sum, { n }) => sum + n, 0);
}

/** Excess kurtosis of returns over `minutes`. */
export function kurtosisOver(minutes: number): DaysFact {
  return (days) => pooledKurtosis(days.map((day) => powersOf(returnsOver(day, minutes))));
}
