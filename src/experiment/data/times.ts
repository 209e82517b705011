/**
 * Times as files write them: numbers of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their
 * size or by the column's name, or ISO dates, which are UTC where they name no offset. Numbers that are none of these are
 * only an order: 0, 1, 2 …
 */
import { Decimal } from 'decimal.js';
import { isDecimal } from './decimal.ts';
import { TIME_SUFFIXES } from './columns.ts';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'ISO' | 'order';

/** Microseconds in a unit. */
const FACTORS: Readonly<Record<Exclude<TimeUnit, 'ISO' | 'order'>, string>> = {
  s: '1e6',
  ms: '1e3',
  us: '1',
  ns: '1e-3',
};

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
  const number = new Decimal(text);
  const unit = unitNamed(named) ?? unitBySize(number);
  return unit === 'order' || unit === 'ISO'
    ? { unit: 'order', value: number.toNumber() }
    : { unit, value: number.times(FACTORS[unit]).toNumber() };
}

/** The unit of a number of that size between 1990 and 2100. */
export function unitBySize(number: Decimal): TimeUnit {
  const units = ['s', 'ms', 'us', 'ns'] as const;
  const found = units.find((unit) => {
    const seconds = number.times(FACTORS[unit]).div(1e6);
    return seconds.gte(EARLIEST) && seconds.lt(LATEST);
  });
  return found ?? 'order';
}

function unitNamed(suffix: string | undefined): Exclude<TimeUnit, 'ISO' | 'order'> | undefined {
  const known = TIME_SUFFIXES.find((one) => one === suffix);
  return known === 'sec' ? 's' : known;
}

/** What a column's name says of its times against what their size says; undefined where both agree. */
export function contradiction(text: string, named: string | undefined): string | undefined {
  const unit = unitNamed(named);
  if (unit === undefined || !isDecimal(text)) return undefined;
  const bySize = unitBySize(new Decimal(text));
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
