/** Collateral assets of an experiment's market: `market.collateral`, read into the engine's units. */
import { linear } from '../../../contracts/linear.ts';
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { at, ConfigError } from '../../../core/errors.ts';
import { amount, duration, factor, number, share } from '../../../core/settings.ts';
import { requireAtMost, stepsOf } from '../../../core/whole.ts';
import { ratePpm } from '../../../clearing/margin/rule.ts';
import type { AssetSpec } from '../../../sim/scenario/scenario.ts';
import type { Steps } from './contract.ts';
import type { Instrument } from './instruments.ts';
import type { Group } from './population.ts';
import { instrumentNumber } from './population.ts';
import { amountOf, steppedVolatility } from '../../../experiment/quantity.ts';

export const collateralSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      tick: amount.describe('Smallest step of the price: 0.01 USDT.'),
      lot: amount.describe('Smallest amount, with its unit: 0.001 ETH.'),
      price: amount.describe('First price, in money.'),
      haircut: share({ least: 0, most: 1 })
        .prefault('0 %')
        .describe('Share of the value that does not count in equity for margin.'),
      size_discount: factor()
        .default(0)
        .describe(
          'imf: an account’s asset counts for at most 1.1 / (1 + imf · √size) of its value; 0: no such limit.',
        ),
      deposit_scale_start: amount
        .optional()
        .describe('Value of all deposits above which the asset counts for less, in money; left out: never.'),
      penalty: share({ least: 0, most: 1 })
        .prefault('0 %')
        .describe('What a forced sale brings less than the price.'),
      volatility: amount.default(0).describe('Of the steps of its own: 60 % per year.'),
      every: duration({ positive: true }).prefault('1 s').describe('Time between steps of the price.'),
      follows: z.string().optional().describe('Instrument whose moves the price follows.'),
      of: z.enum(['mark', 'index']).default('mark').describe('Which of its prices.'),
      beta: number({ least: -100, most: 100 })
        .default(1)
        .describe('Relative move of the asset for one of the instrument.'),
    }),
  )
  .default([])
  .describe('Assets beside money that count as collateral.');

type Written = z.output<typeof collateralSchema>[number];

/** Throws ConfigError, its path from the asset. */
export function readAsset(
  written: Written,
  { tick, lot }: Steps,
  money: string,
  quanta: number,
  instruments: readonly Instrument[],
): AssetSpec {
  const { name, follows, of, beta, every, size_discount, deposit_scale_start: start } = written;
  const price = at(['price'], () =>
    stepsOf(amountOf(written.price, money), tick, 'ticks', `the tick, ${tick.toString()}`),
  );
  if (follows === undefined && 'beta' in written && beta !== 1) {
    throw new ConfigError(['beta'], 'there is nothing to follow: name an instrument in follows');
  }
  return {
    name,
    contract: linear(tick.times(lot).times(quanta).toNumber()),
    lot: lot.toNumber(),
    price,
    haircut_ppm: ratePpm(written.haircut),
    size_discount,
    deposit_scale_start:
      start === undefined
        ? Infinity
        : at(['deposit_scale_start'], () => scaleStart(amountOf(start, money), quanta)),
    penalty_ppm: ratePpm(written.penalty),
    volatility: at(['volatility'], () => steppedVolatility(written.volatility, every)),
    every_us: every,
    follows: follows === undefined ? -1 : followed(instruments, follows),
    of,
    beta,
  };
}

/** Rounded down to a quantum. */
function scaleStart(start: Decimal, quanta: number): number {
  if (start.lt(0)) throw new ConfigError([], 'must not be negative');
  const value = start.times(quanta).floor().toNumber();
  requireAtMost(value, 'quanta');
  return value;
}

function followed(instruments: readonly Instrument[], name: string): number {
  try {
    return instrumentNumber(instruments, name);
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError(['follows'], error.message);
    throw error;
  }
}

/** The group. Throws ConfigError, its path from the group, if that brings an asset that there is not. */
export function checkedAssets(group: Group, assets: readonly AssetSpec[]): Group {
  const { asset_share: part, asset } = group.params;
  if (part === undefined || asset === undefined) return group;
  if (part.kind === 'constant' && part.value === 0) return group;
  if (assets.length === 0) {
    const message = 'there is no asset to bring: list one in market.collateral';
    throw new ConfigError(['params', 'asset_share'], message);
  }
  const number = asset.kind === 'constant' ? asset.value : 0;
  if (Number.isInteger(number) && number >= 1 && number <= assets.length) return group;
  throw new ConfigError(['params', 'asset'], `needs one number from 1 to ${assets.length}`);
}
