/** `binance_isolated` and its like: the liquidation price alone of an isolated position, with the cases' short names. */
import { ZERO } from '../../published/formulas/exact.ts';
import type { Account } from '../../published/venues/account.ts';
import { assess } from '../../published/venues/assess.ts';
import { hyperliquid } from '../../published/venues/hyperliquid.ts';
import { venues } from '../../published/venues/index.ts';
import type { Venue } from '../../published/venues/venue.ts';
import { readTiers } from './account.ts';
import { NOT_NEGATIVE, NOT_ZERO, POSITIVE, RATE, ANY } from './fields.ts';
import type { NamedFunction, NamedFunctions } from './named-function.ts';

const ISOLATED = {
  mode: 'isolated',
  others: { maintenance: ZERO, unrealised: ZERO },
  openInterest: undefined,
} as const;

function isolated(venue: Venue): NamedFunction {
  return {
    fields: [
      'exchange',
      'side',
      'leverage',
      'entry',
      'mark',
      'size',
      'isolatedMargin',
      'mmr',
      'cum',
      'tiers',
      'takerFee',
    ],
    compute(fields, sheet) {
      if (fields.has('exchange')) fields.choice('exchange', [venue.name]);
      const entry = fields.number('entry', POSITIVE);
      return assess(
        venue,
        {
          ...ISOLATED,
          side: fields.choice('side', ['long', 'short']),
          entry,
          quantity: fields.number('size', POSITIVE),
          mark: fields.optional('mark', POSITIVE) ?? entry,
          wallet: fields.optional('isolatedMargin', ANY),
          leverage: fields.optional('leverage', POSITIVE),
          rate: fields.optional('mmr', RATE),
          amount: fields.optional('cum', NOT_NEGATIVE),
          tiers: readTiers(fields, venue),
          takerFee: fields.optional('takerFee', RATE) ?? ZERO,
        },
        sheet,
      ).liquidationPrice;
    },
  };
}

const hyperliquidIsolated: NamedFunction = {
  // liq, backstop, backstopThreshold: the answers of the worked cases, which are not read.
  fields: ['q', 'entry', 'mark', 'margin', 'tiers', 'liq', 'backstop', 'backstopThreshold'],
  compute(fields, sheet) {
    const signed = fields.number('q', NOT_ZERO);
    const entry = fields.number('entry', POSITIVE);
    const account: Account = {
      ...ISOLATED,
      side: signed.isPositive() ? 'long' : 'short',
      entry,
      quantity: signed.abs(),
      mark: fields.optional('mark', POSITIVE) ?? entry,
      wallet: fields.number('margin', ANY),
      leverage: undefined,
      rate: undefined,
      amount: undefined,
      tiers: readTiers(fields, hyperliquid),
      takerFee: ZERO,
    };
    const { liquidationPrice, backstop } = assess(hyperliquid, account, sheet);
    return { liq: liquidationPrice, backstop: backstop!.price, backstopThreshold: backstop!.threshold };
  },
};

export const venueFunctions: NamedFunctions = {
  ...Object.fromEntries(venues.map((venue) => [`${venue.name}_isolated`, isolated(venue)])),
  hyperliquid_isolated: hyperliquidIsolated,
};
