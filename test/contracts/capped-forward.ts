/**
 * A forward whose payoff ends at a cap, defined outside of the product: its value is a broken line in the price, and it
 * expires. Settled at the index then, rounded to the nearest tick, halves up.
 *   value = lots · min(price, cap) · u
 */
import type { Contract, ContractTerms } from '../../src/contracts/contract.ts';
import { defineContract } from '../../src/contracts/contract.ts';
import { contractKinds } from '../../src/contracts/contracts.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { amount, duration } from '../../src/core/settings.ts';

export interface CappedTerms extends ContractTerms {
  readonly kind: 'capped-forward';
  /** Quanta per tick and lot below the cap. */
  readonly unit: number;
  /** Ticks. */
  readonly cap: number;
  readonly at_us: number;
  /** Ticks that are added to the index at the end: what its traders did not expect. */
  readonly surprise: number;
}

export function cappedForward(unit: number, cap: number, at_us: number, surprise: number): CappedTerms {
  return { kind: 'capped-forward', unit, cap, at_us, surprise };
}

export const cappedForwardKind = contractKinds.add(
  defineContract({
    kind: 'capped-forward',
    about: 'A forward that gains nothing above a cap.',
    audited: false,
    settings: {
      cap: amount.describe('Price above which nothing is gained.'),
      expires: duration({ positive: true }).describe('When it ends, from the beginning of the run.'),
    },
    terms: ({ cap, expires }, { tick, lot, quantaPerUnit, ticks }) =>
      cappedForward(tick.times(lot).times(quantaPerUnit).toNumber(), ticks(cap, 'cap'), expires, 0),
    check({ cap }, price) {
      if (cap <= price) throw new ConfigError(['cap'], `must be above the first price, ${price} ticks`);
    },
    compile({ unit, cap, at_us, surprise }): Contract {
      const value = (lots: number, price: number) => lots * Math.min(price, cap) * unit;
      return {
        value,
        notional: value,
        gain: (lots, from, to) => value(lots, to) - value(lots, from),
        dearer: (lots, mark, price) => value(lots, price) - value(lots, mark),
        move(lots, mark, quanta) {
          const at = Math.min(mark, cap) + quanta / (lots * unit);
          return at > cap ? Infinity : at - mark;
        },
        expires: { at_us, settle: (index) => Math.max(1, Math.round(index) + surprise) },
      };
    },
  }),
);
