/**
 * Quantities with units, as an experiment file writes them (`0.1 USDT`, `40 BTC`, `2 per s`, `5 %`), in
 * decimal arithmetic up to the point where they become the engine's ticks, lots, quanta and µs.
 */
import type { Decimal } from 'decimal.js';
import { ConfigError } from '../core/errors.ts';
import { inWords, isWithin, RANGES } from '../core/ranges.ts';
import { SECOND, TIME_UNITS } from '../core/units.ts';
import { Exact, MOST_DIGITS } from '../core/whole.ts';
import type { Param } from '../sim/agent/agent.ts';

/** A quantity as YAML gives it: a number, or a text with a number and a unit. */
export type Amount = number | string;

type ParamUnit = Param['unit'];

const QUANTITY = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(\S.*?)?\s*$/i;

/** Number and unit ('' without one), or undefined when it is neither a number nor a number with a unit. */
function split(amount: Amount): { number: Decimal; unit: string } | undefined {
  if (typeof amount === 'number') {
    return Number.isFinite(amount) ? { number: new Exact(amount), unit: '' } : undefined;
  }
  const match = QUANTITY.exec(amount);
  return match === null || match[1]!.length > MOST_DIGITS
    ? undefined
    : { number: new Exact(match[1]!), unit: match[2] ?? '' };
}

/** The units of money and size that hold where a quantity is written. */
export interface Units {
  /** Unit of money, such as USDT. */
  readonly money: string;
  readonly quantaPerUnit: number;
  /** Unit of size, such as BTC; '' if the instrument's lot has none. */
  readonly base: string;
  /** One lot in units of size. */
  readonly lot: Decimal;
  /** Value of a lot at the first price, quanta, where sizes may be written as their worth in money. */
  readonly lotQuanta?: number;
}

/**
 * Base units (µs, lots, …) in one `unit`, or undefined when it is no unit of that kind. '' is a plain number.
 */
export function factorOf(kind: ParamUnit, unit: string, units: Units): Decimal | undefined {
  const one = new Exact(1);
  switch (kind) {
    case 'number':
    case 'leverage':
      return unit === '' ? one : undefined;
    case 'share':
    case 'change':
    case 'factor':
      return unit === '' ? one : unit === '%' ? new Exact('0.01') : undefined;
    case 'duration': {
      const us = TIME_UNITS[unit.toLowerCase()];
      return us === undefined ? undefined : new Exact(us);
    }
    case 'rate': {
      if (unit === '') return one;
      const us = unit.startsWith('per ') ? TIME_UNITS[unit.slice(4).trim().toLowerCase()] : undefined;
      return us === undefined ? undefined : new Exact(SECOND).div(us);
    }
    case 'size':
      if (unit === '') return one;
      if (unit === units.base) return one.div(units.lot);
      return isWorth(unit, units) ? new Exact(units.quantaPerUnit).div(units.lotQuanta!) : undefined;
    case 'money':
      return unit === '' || unit === units.money ? new Exact(units.quantaPerUnit) : undefined;
  }
}

/** Whether a size is written as its worth in money. */
function isWorth(unit: string, { money, base, lotQuanta }: Units): boolean {
  return lotQuanta !== undefined && unit !== base && unit === money;
}

/** What would do for a quantity of that kind. */
export function needOf(kind: ParamUnit, units: Units): string {
  switch (kind) {
    case 'number':
    case 'leverage':
      return 'needs a number';
    case 'factor':
      return 'needs a number or a percentage';
    case 'share':
    case 'change':
      return 'needs a share such as 0.05 or 5 %';
    case 'duration':
      return 'needs a time with its unit, such as 100 ms or 5 s';
    case 'rate':
      return 'needs a rate such as 2 per s';
    case 'size':
      if (units.base === '') return 'needs a number of lots';
      return units.lotQuanta === undefined || units.base === units.money
        ? `needs a size in ${units.base} or a number of lots`
        : `needs a size in ${units.base}, its worth in ${units.money} or a number of lots`;
    case 'money':
      return `needs an amount of ${units.money}`;
  }
}

/**
 * A quantity in base units: µs, events per second, lots, quanta, a share as a fraction. Throws ConfigError.
 */
export function baseOf(kind: ParamUnit, amount: Amount, units: Units): Decimal {
  const parts = split(amount);
  if (kind === 'duration' && parts?.unit === '' && parts.number.isZero()) return parts.number;
  const factor = parts && factorOf(kind, parts.unit, units);
  if (factor === undefined) throw new ConfigError([], needOf(kind, units));
  // By the lot itself: its reciprocal may have no end.
  if (kind === 'size' && parts!.unit === units.base && units.base !== '') return parts!.number.div(units.lot);
  if (kind === 'size' && isWorth(parts!.unit, units)) return wholeLots(parts!.number.times(factor));
  return parts!.number.times(factor);
}

/** Units of money that a size in bitcoin stands for where something else is traded. */
const PER_BTC = 50_000;

/** A default as its worth in the money of a market: in USDT whatever that is called, in bitcoin where something else is traded. */
export function worthOf(amount: Amount, { money, base }: Units): string | undefined {
  const parts = split(amount);
  if (parts?.unit === 'USDT') return `${parts.number.toFixed()} ${money}`;
  return parts?.unit === 'BTC' && base !== 'BTC'
    ? `${parts.number.times(PER_BTC).toFixed()} ${money}`
    : undefined;
}

/** What a worth in money comes to: the nearest number of lots; one if there is any. */
function wholeLots(lots: Decimal): Decimal {
  return lots.gt(0) && lots.lt(1) ? new Exact(1) : lots.round();
}

/** A quantity of `unit`, which may be left out: `0.1 USDT` or 0.1. Throws ConfigError. */
export function amountOf(amount: Amount, unit: string): Decimal {
  const parts = split(amount);
  if (parts === undefined || (parts.unit !== '' && parts.unit !== unit)) {
    throw new ConfigError([], `needs an amount of ${unit}`);
  }
  return parts.number;
}

/** A positive quantity that says its own unit: `0.001 BTC`. Throws ConfigError. */
export function namedAmountOf(amount: Amount, example: string): { number: Decimal; unit: string } {
  const parts = split(amount);
  if (!parts?.number.gt(0)) throw new ConfigError([], `needs an amount such as ${example}`);
  return parts;
}

const YEAR = 365 * 86_400;

/**
 * Volatility per square root of a second, from `60 % per year` (of 365 days), `0.5 % per h` or a plain share
 * per square root of a second. Throws ConfigError.
 */
function volatilityOf(amount: Amount): number {
  const parts = split(amount);
  const match = /^(%?)\s*(?:per\s+(\S+))?$/.exec(parts?.unit ?? '?');
  const period = match?.[2];
  const seconds =
    period === undefined ? 1 : period === 'year' ? YEAR : (TIME_UNITS[period.toLowerCase()] ?? NaN) / SECOND;
  if (match === null || Number.isNaN(seconds) || parts!.number.lt(0)) {
    throw new ConfigError([], 'needs a volatility such as 60 % per year');
  }
  const volatility = parts!.number.div(match[1] === '%' ? 100 : 1).toNumber() / Math.sqrt(seconds);
  if (isWithin(RANGES.volatility, volatility)) return volatility;
  throw new ConfigError([], `must be ${inWords(RANGES.volatility)} per square root of a second`);
}

/** Largest standard deviation of one step of a price, so that no step takes it below 0. */
const MOST_STEP = 0.1;

/** The volatility (per √s) of a price that moves every so often. Throws ConfigError where a step would be too large. */
export function steppedVolatility(amount: Amount, every_us: number): number {
  const volatility = volatilityOf(amount);
  const step = volatility * Math.sqrt(every_us / SECOND);
  if (step <= MOST_STEP) return volatility;
  throw new ConfigError(
    [],
    `makes steps of ${(100 * step).toPrecision(3)} % (standard deviation), and they may be ${100 * MOST_STEP} %: ` +
      'lower it, or let steps come more often',
  );
}
