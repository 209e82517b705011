/**
 * How an instrument trades, as an experiment file writes it: fees, collars, halts, batches, self-trades. A policy
 * may change it, so that policies with different rules meet on the same luck.
 */
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { at, ConfigError } from '../../../core/errors.ts';
import { amount, duration, share } from '../../../core/settings.ts';
import { whole } from '../../../core/whole.ts';
import type { Halt, Obligation, TradingRules } from '../../../sim/terms/trading-rules.ts';
import type { Units } from '../../../experiment/quantity.ts';
import { baseOf } from '../../../experiment/quantity.ts';

const makersSchema = z.union([
  z.literal('none'),
  z.strictObject({ spread: amount.describe('Widest distance between its quotes, a share of the price.') }),
  z.strictObject({ size: amount.describe('Least size of its quotes.') }),
]);

export const tradingShape = {
  fees: z
    .strictObject({
      maker: amount
        .default(0)
        .describe('Share of the value traded, of the order that rested; negative: a rebate.'),
      taker: amount.default(0).describe('… of the order that came to it.'),
      to_fund: share({ least: 0, most: 1 })
        .prefault('0 %')
        .describe('Part of each fee that the insurance fund gets; rounded down to a quantum.'),
    })
    .optional()
    .describe('Rounded up to a quantum of money; a rebate is rounded down.'),
  collars: z
    .strictObject({
      static: share().optional().describe('Furthest from the opening or last auction price.'),
      dynamic: share().optional().describe('Furthest from the last trade.'),
      beyond: z
        .enum(['cut', 'reject'])
        .default('cut')
        .describe('A limit order beyond gets the collar as its price, or is dropped; market orders are cut.'),
    })
    .optional()
    .describe('How far from a reference an order may trade.'),
  halt: z
    .strictObject({
      move: share().describe('Largest move of the price within that time; a trade beyond it halts.'),
      within: duration({ positive: true }).prefault('60 s').describe('Time in which it moves.'),
      call: duration({ positive: true }).prefault('30 s').describe('Length of the call period that follows.'),
      makers: makersSchema
        .default('none')
        .describe('What market makers must do meanwhile: none, { spread: 1 % } or { size: 2 BTC }.'),
    })
    .optional()
    .describe('A volatility halt: trading stops, orders collect, and an auction reopens the market.'),
  matching: z
    .union([
      z.literal('continuous'),
      z.strictObject({ batch: duration({ positive: true }).describe('Time from one auction to the next.') }),
    ])
    .optional()
    .describe('continuous (if left out), or frequent batch auctions: { batch: 100 ms }.'),
  self_trade: z
    .enum(['none', 'cancel-newest', 'cancel-oldest', 'cancel-both', 'decrement'])
    .optional()
    .describe('What happens when an account would trade with itself; none (if left out): it does.'),
};

/** What a policy may change of it, by key. */
export const tradingSchema = z.strictObject(tradingShape);
export type WrittenTrading = z.output<typeof tradingSchema>;

const PPM = 1_000_000;

/** Throws ConfigError with the path inside the instrument. */
export function readTrading(written: WrittenTrading, units: Units): TradingRules {
  const { fees, collars, halt, matching = 'continuous', self_trade = 'none' } = written;
  return {
    selfTrade: self_trade,
    maker_ppm: at(['fees', 'maker'], () => feePpm(fees?.maker ?? 0, units)),
    taker_ppm: at(['fees', 'taker'], () => feePpm(fees?.taker ?? 0, units)),
    ...(fees !== undefined && fees.to_fund > 0 && { fund_ppm: Math.round(fees.to_fund * PPM) }),
    batch_us: matching === 'continuous' ? 0 : matching.batch,
    ...(collars === undefined
      ? {}
      : {
          collars: {
            static_ppm: at(['collars', 'static'], () => boundPpm(collars.static)),
            dynamic_ppm: at(['collars', 'dynamic'], () => boundPpm(collars.dynamic)),
            beyond: collars.beyond,
          },
        }),
    ...(halt === undefined ? {} : { halt: at(['halt'], () => readHalt(halt, units)) }),
  };
}

function readHalt({ move, within, call, makers }: NonNullable<WrittenTrading['halt']>, units: Units): Halt {
  const move_ppm = at(['move'], () => boundPpm(move));
  const obligation = at(['makers'], (): Obligation => {
    if (makers === 'none') return { kind: 'none' };
    if ('spread' in makers) {
      const spread = at(['spread'], () => positive(baseOf('share', makers.spread, units))).toNumber();
      return { kind: 'spread', share: spread };
    }
    const lots = at(['size'], () => {
      const size = positive(baseOf('size', makers.size, units));
      if (!size.isInteger()) throw new ConfigError([], 'needs a multiple of the lot');
      return whole(size.toNumber(), 'lots');
    });
    return { kind: 'size', lots };
  });
  return { move_ppm, within_us: within, call_us: call, makers: obligation };
}

/** A rate with its sign, in ppm. */
function feePpm(rate: number | string, units: Units): number {
  const ppm = baseOf('share', rate, units).times(PPM);
  if (ppm.isInteger() && ppm.abs().lte(PPM / 10)) return ppm.toNumber();
  throw new ConfigError([], 'needs a multiple of 0.0001 % from -10 % to 10 %');
}

/** A bound of a price, in ppm; 0 for none. */
function boundPpm(bound: number | undefined): number {
  if (bound === undefined) return 0;
  const ppm = Math.round(bound * PPM);
  if (ppm >= 1 && ppm < PPM) return ppm;
  throw new ConfigError([], 'needs a share from 0.0001 % to below 100 %');
}

function positive(value: Decimal): Decimal {
  if (value.gt(0)) return value;
  throw new ConfigError([], 'must be above 0');
}
