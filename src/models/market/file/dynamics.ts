/**
 * What moves a market besides its orders, as a file writes it: the price on other venues, everybody's activity, and what
 * traders read from the flow of trades.
 */
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { at, ConfigError } from '../../../core/errors.ts';
import { amount, duration, factor, fraction, number, share } from '../../../core/settings.ts';
import { SECOND } from '../../../core/units.ts';
import type { ActivitySpec, FlowSpec, IndexSpec } from '../../../sim/scenario/scenario.ts';
import type { JumpSpec } from '../../../sim/terms/jumps.ts';
import type { Units } from '../../../experiment/quantity.ts';
import { amountOf, baseOf, steppedVolatility } from '../../../experiment/quantity.ts';

export const jumpsSchema = z.strictObject({
  rate: amount.describe('How often it jumps, at usual activity: 0.005 per s.'),
  size: share({ above: 0, most: 0.5 }).describe('Mean absolute size of a jump (Laplace’s law).'),
});

export const indexSchema = z
  .strictObject({
    volatility: amount
      .default(0)
      .describe('Of the price on other venues: 60 % per year; 0: it makes no normal steps.'),
    every: duration({ positive: true }).prefault('1 s').describe('Time between its steps.'),
    jumps: jumpsSchema.optional().describe('Jumps of its own.'),
    common: z
      .strictObject({
        correlation: number({ least: -1, most: 1 })
          .default(1)
          .describe(
            'Of its normal steps with the common factor; two instruments correlate by the product of theirs.',
          ),
        jumps: number({ least: -10, most: 10 })
          .default(1)
          .describe('It makes so many times each jump of market.common_jumps.'),
      })
      .optional()
      .describe('What it has in common with other instruments; nothing if left out.'),
  })
  .prefault({});

export const activitySchema = z
  .strictObject({
    every: duration({ positive: true }).prefault('100 ms').describe('Time between its steps.'),
    parts: z
      .array(
        z.tuple([duration({ positive: true }), factor({ most: 10 })], {
          error: 'needs [time, variance]',
        }),
      )
      .min(1)
      .max(32)
      .describe('Ornstein–Uhlenbeck parts of its logarithm: [relaxation time, variance].'),
    scale: factor({ most: 10 }).default(1).describe('Multiplies all these variances.'),
    ordinary_beyond: duration()
      .prefault('1 h')
      .describe('Parts slower than this begin at their mean: an ordinary day.'),
  })
  .describe('Everybody’s activity, which multiplies rates and variances; 1 all the time if left out.');

export const flowSchema = z
  .strictObject({
    impact: share({ most: 0.1 }).describe('Relative move that an order of size `of` makes.'),
    of: amount.describe('Size of that order: 1 BTC.'),
    exponent: fraction({ least: 0.1 }).default(0.5).describe('The impact of sizes: 0.5 is the square root.'),
    memory: duration({ positive: true })
      .prefault('250 ms')
      .describe('Time within which parts of an order move the price as the whole does.'),
    fades: z
      .array(z.tuple([share(), duration({ positive: true })]))
      .min(1)
      .max(16)
      .describe('[share of a move, time in which it fades]; the rest moves the index for good.'),
    stale: amount.describe('Trades at prices better than the view by more than this tell nothing: 3 USDT.'),
    yields: duration({ positive: true })
      .prefault('2 min')
      .describe('Time in which belief moves to a last price that stays away from it.'),
    anchor: duration({ positive: true })
      .prefault('10 s')
      .describe('Time over which the distance of the book from the index is averaged.'),
    calms: duration({ positive: true })
      .prefault('10 s')
      .describe('Time over which the volatility is measured that traders withdraw by.'),
  })
  .describe('What traders believe about the price after the trades that they saw.');

/** In the engine's units. Throws ConfigError. */
export function readIndex(written: z.output<typeof indexSchema>, units: Units): IndexSpec {
  const { every, jumps, common } = written;
  const volatility = at(['volatility'], () => steppedVolatility(written.volatility, every));
  return {
    volatility,
    every_us: every,
    ...(jumps === undefined ? {} : { jumps: at(['jumps'], () => readJumps(jumps, every, units)) }),
    ...(common === undefined ? {} : { common: { steps: common.correlation, jumps: common.jumps } }),
  };
}

/** Most jumps between two looks: at most one comes, so that there must nearly always be none. */
const MOST_JUMPS = 0.1;

/** In the engine's units. `every_us`: time between looks. Throws ConfigError where two could come between them. */
function readJumps(written: z.output<typeof jumpsSchema>, every_us: number, units: Units): JumpSpec {
  const rate = at(['rate'], () => baseOf('rate', written.rate, units).toNumber());
  if (rate * (every_us / SECOND) <= MOST_JUMPS) return { rate, size: written.size };
  throw new ConfigError(
    ['rate'],
    `more than ${MOST_JUMPS} jumps between two steps of the price: a smaller rate, or a shorter \`every\``,
  );
}

/** Jumps that several indexes make at once; none if left out. Throws ConfigError where no index makes them. */
export function readCommonJumps(
  written: z.output<typeof jumpsSchema> | undefined,
  instruments: readonly { readonly index: IndexSpec }[],
  units: Units,
): JumpSpec | undefined {
  if (written === undefined) return undefined;
  const steps_us = instruments.flatMap(({ index }) => (index.common === undefined ? [] : [index.every_us]));
  if (steps_us.length === 0) throw new ConfigError([], 'no instrument has index.common, so nobody jumps');
  return readJumps(written, Math.max(...steps_us), units);
}

export function readActivity(written: z.output<typeof activitySchema>): ActivitySpec {
  const { every, parts, scale, ordinary_beyond } = written;
  return {
    every_us: every,
    parts: parts.map(([time_us, variance]) => ({
      time_us,
      variance: variance * scale,
      anywhere: time_us <= ordinary_beyond,
    })),
  };
}

/** Throws ConfigError. */
export function readFlow(
  written: z.output<typeof flowSchema>,
  tick: Decimal,
  money: string,
  units: Units,
): FlowSpec {
  const of_lots = at(['of'], () => positive(baseOf('size', written.of, units).toNumber()));
  const stale_ticks = at(['stale'], () => amountOf(written.stale, money).div(tick).toNumber());
  const fades = written.fades
    .map(([part, time_us]) => ({ share: part, time_us }))
    .sort((a, b) => a.time_us - b.time_us);
  const sum = fades.reduce((total, part) => total + part.share, 0);
  if (sum > 1 + 1e-9) throw new ConfigError(['fades'], 'shares must not sum to more than 1');
  return {
    impact: written.impact,
    of_lots,
    exponent: written.exponent,
    memory_us: written.memory,
    fades,
    stale_ticks,
    yields_us: written.yields,
    anchor_us: written.anchor,
    calms_us: written.calms,
  };
}

function positive(value: number): number {
  if (value > 0) return value;
  throw new ConfigError([], 'must be above 0');
}
