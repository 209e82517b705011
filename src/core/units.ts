/**
 * Units of the engine, and how the user writes them.
 *
 * Inside: time in integer microseconds, prices in integer ticks, sizes in integer lots, money in integer quanta.
 * Outside: `100 ms`, `0.1 USDT`, `40 BTC`, `2 per s`, `0.5 %`.
 */

export const MICROSECOND = 1;
export const MILLISECOND = 1000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Integers up to here are exact in a double. */
export const MAX_EXACT = 9007199254740991;

/** The time (µs) after a delay, as a whole number: one that lies beyond what is exact never comes. */
export function timeAfter(now_us: number, delay_us: number): number {
  const time = now_us + Math.round(delay_us);
  return time < MAX_EXACT ? time : MAX_EXACT;
}

/** For agents' delays: integer µs from a number of seconds, never less than 1 µs. */
export function seconds(value: number): number {
  const us = Math.round(value * SECOND);
  return us < 1 ? 1 : us;
}

/** µs in each; without a prototype, as any text may be looked up. */
/** Most lots that one order of an agent asks for, however little a lot costs. */
const MOST_LOTS = 1_000_000_000;

/** For agents' orders: whole lots that are worth `value` where one is worth `lot`; at least 1. */
export function lotsWorth(value: number, lot: number): number {
  const lots = Math.round(value / lot);
  return lots > MOST_LOTS ? MOST_LOTS : lots >= 1 ? lots : 1;
}

export const TIME_UNITS: Readonly<Record<string, number>> = {
  __proto__: null as never,
  us: MICROSECOND,
  µs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
  h: HOUR,
  d: DAY,
};
