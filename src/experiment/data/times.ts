/**
 * Times as files write them: numbers of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their
 * size or by the column's name, or ISO dates, which are UTC where they name no offset. Numbers that are none of these are
 * only an order: 0, 1, 2 …
 */
import { Decimal } from 'decimal.js';
import { isDecimal } from './decimal.ts';
import { TIME_SUFFIXES } from './columns.ts';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'ISO' | 'order';

/** How many of a unit are a second. */
const PER_SECOND = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 } as const satisfies Partial<Record<TimeUnit, number>>;

/** 1990 and 2100 in seconds since 1970. */
const [EARLIEST, LATEST] = [631_152_000, 4_102_444_800];

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T D](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(?:(Z|UTC)|([+-])(\d\d):?(\d\d))?$/i;
const BASIC_DATE = /^((?:19|20)\d\d)(\d\d)(\d\d)$/;

export interface Time {
  readonly unit: TimeUnit;
  /** Microseconds since 1970 (UTC), or the number itself where it is only an order. */
  readonly value: number;
}

/** Undefined for what is no time. `named`: the unit that the column's name ends with. */
export function timeOf(text: string, named?: string): Time | undefined {
  if (named === undefined || !isDecimal(text)) {
    const value = isoTime(text);
    if (value !== undefined) return { unit: 'ISO', value };
  }
  if (!isDecimal(text)) return undefined;
  const unit = unitNamed(named) ?? unitBySize(text);
  return unit === 'order' ? { unit, value: Number(text) } : { unit, value: microseconds(text, unit) };
}

/**
 * Whole numbers that a double holds: nearly all times are, and decimals take most of the time that reading a file of them
 * takes. A product or quotient of two of them is rounded once, as the exact one is.
 */
const IN_DOUBLE = /^\d{1,15}$/;

function microseconds(text: string, unit: keyof typeof PER_SECOND): number {
  const [times, over] = unit === 'ns' ? [1, 1e3] : [1e6 / PER_SECOND[unit], 1];
  if (IN_DOUBLE.test(text)) return (Number(text) * times) / over;
  return new Decimal(text).times(times).div(over).toNumber();
}

/** The unit of a number of that size between 1990 and 2100. */
export function unitBySize(text: string): keyof typeof PER_SECOND | 'order' {
  const number = IN_DOUBLE.test(text) ? Number(text) : new Decimal(text);
  const isFrom = (bound: number): boolean =>
    typeof number === 'number' ? number >= bound : number.gte(bound);
  const units = ['s', 'ms', 'us', 'ns'] as const;
  const found = units.find(
    (unit) => isFrom(EARLIEST * PER_SECOND[unit]) && !isFrom(LATEST * PER_SECOND[unit]),
  );
  return found ?? 'order';
}

function unitNamed(suffix: string | undefined): keyof typeof PER_SECOND | undefined {
  const known = TIME_SUFFIXES.find((one) => one === suffix);
  return known === 'sec' ? 's' : known;
}

/** What a column's name says of its times against what their size says; undefined where both agree. */
export function contradiction(text: string, named: string | undefined): string | undefined {
  const unit = unitNamed(named);
  if (unit === undefined || !isDecimal(text)) return undefined;
  const bySize = unitBySize(text);
  return bySize === unit || bySize === 'order' ? undefined : `looks like ${bySize} since 1970, not ${unit}`;
}

function isoTime(text: string): number | undefined {
  const basic = BASIC_DATE.exec(text);
  const match = ISO.exec(basic === null ? text : `${basic[1]!}-${basic[2]!}-${basic[3]!}`);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number((part as string | undefined) ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const date = new Date(ms);
  // A 30th of February would have become a day of March.
  const isReal = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day && hour! < 24 && minute! < 60 && second! < 60; // prettier-ignore
  if (!isReal) return undefined;
  const fraction_us = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1e6;
  const offset_min = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  const east = match[9] === '-' ? -1 : 1;
  return (ms - east * offset_min * 60_000) * 1000 + fraction_us;
}
