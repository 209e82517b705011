/**
 * Setting types that plug-ins share: how durations, shares and the like are written in an experiment file, and what
 * they become inside. Each is a zod schema, so that errors and the JSON schema come for free.
 */
import { z } from 'zod';
import { TIME_UNITS } from './units.ts';

const DURATION = /^\s*(-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(us|µs|ms|s|min|h|d)\s*$/i;

/** A time with its unit (`100 ms`), or 0; becomes integer µs. */
export function duration(options: { readonly positive?: boolean } = {}) {
  return z
    .union([z.string(), z.number()], { error: 'needs a time with its unit, such as 100 ms or 5 s' })
    .transform((value, context) => {
      const us = durationOf(value);
      const problem =
        us === undefined
          ? `needs a time with its unit, such as 100 ms or 5 s, got ${JSON.stringify(value)}`
          : us < 0
            ? `must not be negative, got ${value}`
            : options.positive === true && us === 0
              ? 'must be longer than 0'
              : undefined;
      if (problem !== undefined) {
        context.issues.push({ code: 'custom', message: problem, input: value });
        return z.NEVER;
      }
      return us!;
    })
    .meta({ description: 'A time with its unit: us, ms, s, min, h or d.' });
}

function durationOf(value: string | number): number | undefined {
  if (typeof value === 'number') return value === 0 ? 0 : undefined;
  const match = DURATION.exec(value);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * TIME_UNITS[match[2]!.toLowerCase()]!);
}

const PERCENT = /^\s*(-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*%\s*$/i;

/** A share: a number (0.05) or a percentage (`5 %`). `above`, `least`, `most`: the range that it must lie in. */
export function share(
  range: { readonly above?: number; readonly least?: number; readonly most?: number } = {},
) {
  const { above = -Infinity, least = -Infinity, most = Infinity } = range;
  return z
    .union([z.number(), z.string()], { error: 'needs a share such as 0.05 or 5 %' })
    .transform((value, context) => {
      const number =
        typeof value === 'number' ? value : PERCENT.test(value) ? Number(PERCENT.exec(value)![1]) / 100 : NaN;
      if (Number.isNaN(number)) {
        context.issues.push({
          code: 'custom',
          message: `needs a share such as 0.05 or 5 %, got ${JSON.stringify(value)}`,
          input: value,
        });
        return z.NEVER;
      }
      if (!(number > above && number >= least && number <= most)) {
        const bounds = [
          ...(above > -Infinity ? [`above ${above}`] : []),
          ...(least > -Infinity ? [`at least ${least}`] : []),
          ...(most < Infinity ? [`at most ${most}`] : []),
        ];
        context.issues.push({
          code: 'custom',
          message: `must be ${bounds.join(' and ')}, got ${value}`,
          input: value,
        });
        return z.NEVER;
      }
      return number;
    })
    .meta({ description: 'A share: 0.05 or 5 %.' });
}
