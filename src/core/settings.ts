/**
 * Setting types that plug-ins share: how durations, shares, counts and the like are written in an experiment file, which
 * range they have (ranges.ts), and what they become inside. Each is a zod schema, so that errors and the JSON schema come
 * for free. No other file makes a schema of a number.
 */
import { z } from 'zod';
import type { Range, RangeKind } from './ranges.ts';
import { inWords, isWithin, rangeOf } from './ranges.ts';
import { DAY, HOUR, MINUTE, SECOND, TIME_UNITS } from './units.ts';

const DURATION = /^\s*(-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(us|µs|ms|s|min|h|d)\s*$/i;

/** A time with its unit (`100 ms`), or 0; becomes integer µs. `range` in µs; `positive`: at least one. */
export function duration(options: Range & { readonly positive?: boolean } = {}) {
  const { positive = false, ...own } = options;
  const range = rangeOf('duration', positive ? { least: 1, ...own } : own);
  return z
    .union([z.string(), z.number()], { error: 'needs a time with its unit, such as 100 ms or 5 s' })
    .transform((value, context) => {
      const us = durationOf(value);
      const problem =
        us === undefined
          ? `needs a time with its unit, such as 100 ms or 5 s, got ${JSON.stringify(value)}`
          : isWithin(range, us)
            ? undefined
            : us < 0
              ? `must not be negative, got ${value}`
              : `must be ${inWords(range, timeInWords)}, got ${value}`;
      if (problem === undefined) return us!;
      context.issues.push({ code: 'custom', message: problem, input: value });
      return z.NEVER;
    })
    .meta({
      description: `A time with its unit: us, ms, s, min, h or d; ${inWords(range, timeInWords)}.`,
    });
}

function durationOf(value: string | number): number | undefined {
  if (typeof value === 'number') return value === 0 ? 0 : undefined;
  const match = DURATION.exec(value);
  if (match === null) return undefined;
  const us = Math.round(Number(match[1]) * TIME_UNITS[match[2]!.toLowerCase()]!);
  return Number.isNaN(us) ? undefined : us;
}

/** A time in the largest unit that it is a whole number of: `3650 d`. */
export function timeInWords(us: number): string {
  const units = [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
    ['s', SECOND],
    ['ms', 1000],
  ] as const;
  const [name, one] = units.find(([, unit]) => us > 0 && us % unit === 0) ?? ['us', 1];
  return us === 0 ? '0 s' : `${us / one} ${name}`;
}

const PERCENT = /^\s*(-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*%\s*$/i;

/** Part of a whole: a number (0.05) or a percentage (`5 %`). */
export const share = (range?: Range) => relative('share', 'A share: 0.05 or 5 %', range);
/** How many times something else, written so: 1.2 or 120 %. */
export const multiple = (range?: Range) => relative('factor', 'A multiple: 1.2 or 120 %', range);
/** Relative change with its sign: -0.05 or -5 %. */
export const change = (range?: Range) => relative('change', 'A change: -0.05 or -5 %', range);

function relative(kind: RangeKind, about: string, own?: Range) {
  const range = rangeOf(kind, own);
  const { least, most, above, below } = range;
  return z
    .union([z.number(), z.string()], { error: 'needs a share such as 0.05 or 5 %' })
    .transform((value, context) => {
      const number =
        typeof value === 'number' ? value : PERCENT.test(value) ? Number(PERCENT.exec(value)![1]) / 100 : NaN;
      if (isWithin(range, number)) return number;
      const message = Number.isNaN(number)
        ? `needs a share such as 0.05 or 5 %, got ${JSON.stringify(value)}`
        : `must be ${inWords(range)}, got ${value}`;
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    })
    .meta({
      description: `${about}; ${inWords(range)}.`,
      ...defined({ minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: below }),
    });
}

function defined(entries: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** A quantity as it is written, with its unit or without; what reads it knows the unit, and the range. */
export const amount = z.union([z.number(), z.string()]);

/** A plain number. */
export const number = (range?: Range) => plain(rangeOf('number', range));
/** Part of a whole, or a probability, as a plain number. */
export const fraction = (range?: Range) => plain(rangeOf('share', range));
export const factor = (range?: Range) => plain(rangeOf('factor', range));
export const leverage = (range?: Range) => plain(rangeOf('leverage', range));
/** Events per unit of time, whatever the unit. */
export const rate = (range?: Range) => plain(rangeOf('rate', range));
/** Units of money. */
export const money = (range?: Range) => plain(rangeOf('money', range));
/** A bound in units of money, which may be out of reach. */
export const cap = (range?: Range) => plain(rangeOf('cap', range));
/** A whole number. */
export const count = (range?: Range) => whole(rangeOf('count', range));
/** A number of runs. */
export const runs = (range?: Range) => whole(rangeOf('runs', range));
/** A number of events. */
export const events = (range?: Range) => whole(rangeOf('events', range));
/** A whole number of lots. */
export const lots = (range?: Range) => whole(rangeOf('size', range));

function plain(range: Range) {
  return within(z.number({ error: 'needs a number' }), range, `needs a number ${ofRange(range)}`);
}

function whole(range: Range) {
  const error = `needs a whole number ${ofRange(range)}`;
  return within(
    z.number({ error: 'needs a whole number' }).int({ error: 'needs a whole number' }),
    range,
    error,
  );
}

function within(schema: z.ZodNumber, { least, above, most, below }: Range, error: string): z.ZodNumber {
  let bounded = schema;
  if (least !== undefined) bounded = bounded.min(least, { error });
  if (above !== undefined) bounded = bounded.gt(above, { error });
  if (most !== undefined) bounded = bounded.max(most, { error });
  if (below !== undefined) bounded = bounded.lt(below, { error });
  return bounded;
}

function ofRange(range: Range): string {
  const words = inWords(range);
  return words.startsWith('at') ? `of ${words}` : words;
}
