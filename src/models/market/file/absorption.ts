/** The liquidity absorption capacity that an experiment asks for (`lac:`). What it is: src/stats/cascade/absorption.ts. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { count, duration, share } from '../../../core/settings.ts';

const window = duration({ positive: true });

export const absorptionSchema = z.strictObject({
  window: z
    .union([z.array(window).min(1), window.transform((one) => [one])])
    .prefault('60 s')
    .describe('Time over which the sale is spread, in equal orders a second; a list makes a curve.'),
  drop: share({ above: 0, most: 0.99 })
    .prefault('10 %')
    .describe('Largest fall of the traded price that counts as absorbed.'),
  probability: share({ above: 0, most: 0.999 })
    .prefault('95 %')
    .describe('Share of continuations that must absorb it.'),
  settle: duration().prefault('30 s').describe('Time after the sale until the verdict.'),
  continuations: count({ least: 1, most: 100_000 })
    .default(1)
    .describe(
      'Sales that each run makes, with luck of their own; it takes 72 in all to bound the 5 % quantile on both sides.',
    ),
  states: z
    .union([z.literal('one'), z.literal('all')])
    .default('all')
    .describe(
      'all: each sale meets a market of its own, so that the number is of the policy; one: all meet the market of run 0.',
    ),
  precision: share({ above: 0, most: 1 })
    .prefault('10 %')
    .describe('How far apart the largest absorbed and the smallest failing sale may stay.'),
});

export interface AbsorptionSettings {
  readonly windows_us: readonly number[];
  readonly drop: number;
  readonly probability: number;
  readonly settle_us: number;
  readonly continuations: number;
  readonly states: 'one' | 'all';
  readonly precision: number;
}

/** Throws ConfigError, its path from the block. */
export function readAbsorption(
  written: z.output<typeof absorptionSchema>,
  hasShock: boolean,
): AbsorptionSettings {
  const { window: windows_us, settle: settle_us, ...rest } = written;
  if (!hasShock) throw new ConfigError([], 'needs a shock in the experiment: the sale begins at its time');
  windows_us.forEach((one, i) => {
    if (windows_us.indexOf(one) !== i) throw new ConfigError(['window', i], 'is there twice');
  });
  return { windows_us, settle_us, ...rest };
}
