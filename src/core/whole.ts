/**
 * Whole numbers of the engine's units: the one way from what a user wrote to ticks, lots and quanta. It comes before any
 * column of a world, which would take a number that is too large modulo 2^32, and a fraction as nothing.
 */
import { Decimal } from 'decimal.js';
import { ConfigError } from './errors.ts';
import { MAX_KEY } from './ladder.ts';
import { MAX_EXACT } from './units.ts';

/** Largest number of each: of ticks and lots as columns hold it, of quanta as a double holds it exactly. */
export const MOST = { ticks: MAX_KEY, lots: 0x7fffffff, quanta: MAX_EXACT } as const;

export type WholeUnit = keyof typeof MOST;

const REMEDIES = {
  ticks: 'use a larger tick',
  lots: 'use a larger lot',
  quanta: 'use a larger tick or lot, so that the quantum of money is larger',
} as const satisfies Record<WholeUnit, string>;

/** Decimals in which no product or quotient of numbers of 60 digits is rounded before it is looked at. */
export const Exact = Decimal.clone({ precision: 150 });

/** Most digits (or other characters) of a number. */
export const MOST_DIGITS = 60;

/** A number that is whole and not too large, either way. Throws ConfigError. */
export function whole(value: number, unit: WholeUnit): number {
  if (!Number.isInteger(value)) throw new ConfigError([], `needs a whole number of ${unit}, got ${value}`);
  requireAtMost(value, unit);
  return value;
}

/** The nearest whole number; for amounts that are said to be rounded. Throws ConfigError where it is too large. */
export function nearestWhole(value: number, unit: WholeUnit): number {
  return whole(Math.round(value), unit);
}

/** A setting's amount of money, rounded to a quantum. Throws ConfigError, its path the setting's key. */
export function quantaOf(money: number, quantaPerUnit: number, key: string): number {
  const quanta = Math.round(money * quantaPerUnit);
  if (Math.abs(quanta) <= MOST.quanta) return quanta;
  throw new ConfigError(
    [key],
    `must be at most ${MOST.quanta / quantaPerUnit}, got ${money}; ${REMEDIES.quanta}`,
  );
}

/** Throws ConfigError for a number that is too large, either way; it need not be whole. */
export function requireAtMost(value: number, unit: WholeUnit): void {
  if (Math.abs(value) <= MOST[unit]) return;
  throw new ConfigError([], `must be at most ${MOST[unit]} ${unit}, got ${value} ${unit}; ${REMEDIES[unit]}`);
}

/** How many steps an amount is: a whole number above 0. Throws ConfigError; `what` names the step, with its size. */
export function stepsOf(amount: Decimal, step: Decimal, unit: WholeUnit, what: string): number {
  const [exact, one] = [new Exact(amount), new Exact(step)];
  const steps = exact.div(one).round();
  if (!exact.gt(0) || !steps.times(one).eq(exact)) {
    throw new ConfigError([], `needs a positive multiple of ${what}`);
  }
  if (steps.gt(MOST[unit])) {
    const most = one.times(MOST[unit]).toString();
    throw new ConfigError([], `needs at most ${most} (${MOST[unit]} ${unit}); ${REMEDIES[unit]}`);
  }
  return steps.toNumber();
}
