/**
 * What a setting of each kind may be, in one place. A declaration may narrow its kind's range, never widen it. Ranges are
 * wider than what markets know, and narrow enough that money, times and sizes stay whole numbers that a double holds.
 */
import { DAY } from './units.ts';

/** Least and most value: `least` and `most` belong to the range, `above` and `below` do not. */
export interface Range {
  readonly least?: number;
  readonly above?: number;
  readonly most?: number;
  readonly below?: number;
}

/** A range whose ends belong to it: what lies beyond can be cut to them. */
export interface Ends {
  readonly least: number;
  readonly most: number;
}

export const RANGES = {
  /** A plain number. */
  number: { least: -1e9, most: 1e9 },
  /** Part of a whole, or a probability. */
  share: { least: 0, most: 1 },
  /** Relative change: −99.99 % to tenfold. */
  change: { least: -0.9999, most: 10 },
  /** How many times something else. */
  factor: { least: 0, most: 1000 },
  /** Position over own money: up to a margin of a millionth. */
  leverage: { least: 0.01, most: 1e6 },
  /** µs: up to ten years, so that the sum of many is still exact. */
  duration: { least: 0, most: 3650 * DAY },
  /** Events per second: once in three years to a million. Of models without units, per unit of time. */
  rate: { least: 1e-8, most: 1e6 },
  /** Lots: below 2³⁰, so that two of them fit 32 bits. */
  size: { least: 0, most: 1e9 },
  /** Units of money; what the experiment's own units leave exact may be less. */
  money: { least: 0, most: 1e15 },
  /** A bound in units of money that is never reached, as the end of a last tier, stands as a large number. */
  cap: { least: 0, most: 1e30 },
  /** Runs of a cell. */
  runs: { least: 1, most: 1e8 },
  /** Events of a run. */
  events: { least: 1, most: 1e15 },
  /** How many. */
  count: { least: 0, most: 1e9 },
  /** Standard deviation of relative changes per square root of a second: at most half a million % a year. */
  volatility: { least: 0, most: 1 },
} as const satisfies Readonly<Record<string, Ends>>;

export type RangeKind = keyof typeof RANGES;

/** The range of a kind, narrowed. Throws TypeError where the declaration would widen it. */
export function rangeOf(kind: RangeKind, own: Range = {}): Range {
  const { least, most } = RANGES[kind];
  for (const end of [own.least, own.above, own.most, own.below]) {
    if (end !== undefined && !isWithin(RANGES[kind], end))
      throw new TypeError(`${end} is outside of the range of a ${kind}, ${inWords(RANGES[kind])}`);
  }
  const low = own.least === undefined && own.above === undefined ? { least } : {};
  const high = own.most === undefined && own.below === undefined ? { most } : {};
  return { ...low, ...high, ...own };
}

/** The same for a kind whose values may be cut to their range. */
export function endsOf(kind: RangeKind, own: Partial<Ends> = {}): Ends {
  return { ...RANGES[kind], ...rangeOf(kind, own) };
}

/** Whether a number lies in a range; NaN lies in none. */
export function isWithin(range: Range, value: number): boolean {
  const { least = -Infinity, above = -Infinity, most = Infinity, below = Infinity } = range;
  return value >= least && value > above && value <= most && value < below;
}

/** A number as an experiment file has it: 100000, 1e8. */
export function shortNumber(value: number): string {
  return Math.abs(value) < 1e6 ? String(value) : value.toExponential().replace('e+', 'e');
}

/** `above 0 and at most 1`; `written` says a bound as the user would. */
export function inWords(range: Range, written = shortNumber): string {
  const { least, above, most, below } = range;
  return [
    ...(least === undefined ? [] : [`at least ${written(least)}`]),
    ...(above === undefined ? [] : [`above ${written(above)}`]),
    ...(most === undefined ? [] : [`at most ${written(most)}`]),
    ...(below === undefined ? [] : [`below ${written(below)}`]),
  ].join(' and ');
}
