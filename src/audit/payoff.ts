/**
 * What lots are worth, from the terms in the manifest: the audit's own formulas, in whole numbers.
 *   linear and spot: value = n · p · u, in money
 *   inverse: coins = n · F / (p · k), to the nearest quantum; worth of C coins with n lots = ⌊C · p · k⌋ − n · F, in money
 */
import { abs, floorDiv } from './arithmetic.ts';
import { AuditError } from './difference.ts';
import type { InstrumentTerms } from './terms.ts';

export interface Payoff {
  /** True: trades move coins, not money. */
  readonly inCoin: boolean;
  /** True: paid in full. */
  readonly owned: boolean;
  /** What a buyer of lots pays, quanta of money or of the coin (less than nothing: he gets coins). */
  paid(lots: bigint, price: bigint): bigint;
  /** What rates are shares of, quanta of money, for unsigned lots. */
  notional(lots: bigint, price: bigint): bigint;
  /** Worth of lots, and of coins beside them, quanta of money. */
  worth(coins: bigint, lots: bigint, mark: bigint): bigint;
  /** What a buyer of lots pays more than at the mark, quanta of money at the mark. */
  dearer(lots: bigint, mark: bigint, price: bigint): bigint;
  /** The fraction of ticks from the mark at which closing lots loses num / den quanta; undefined: no price loses so much. */
  distance(lots: bigint, mark: bigint, num: bigint, den: bigint): readonly [bigint, bigint] | undefined;
  /** Price (ticks, not rounded) at which a buyer of lots pays so many quanta more than at the mark. */
  price(lots: bigint, mark: bigint, quanta: bigint): number;
}

function linear(unit: bigint, owned: boolean): Payoff {
  const value = (lots: bigint, price: bigint): bigint => lots * price * unit;
  return {
    inCoin: false,
    owned,
    paid: value,
    notional: value,
    worth: (_coins, lots, mark) => value(lots, mark),
    dearer: (lots, mark, price) => value(lots, price - mark),
    distance: (lots, _mark, num, den) => [num, den * abs(lots) * unit],
    price: (lots, mark, quanta) => Number(mark) + Number(quanta) / Number(lots * unit),
  };
}

function inverse(face: bigint, up: bigint, down: bigint): Payoff {
  /** To the nearest, halves away from 0, for b > 0. */
  const nearest = (a: bigint, b: bigint): bigint =>
    a < 0n ? -floorDiv(-2n * a + b, 2n * b) : floorDiv(2n * a + b, 2n * b);
  return {
    inCoin: true,
    owned: false,
    paid: (lots, price) => -nearest(lots * face * down, price * up),
    notional: (lots) => lots * face,
    worth: (coins, lots, mark) => floorDiv(coins * mark * up, down) - lots * face,
    dearer: (lots, mark, price) => nearest(lots * face * (price - mark), price),
    distance(lots, mark, num, den) {
      const size = abs(lots) * face * den;
      const left = lots > 0n ? size + num : size - num;
      return left > 0n ? [mark * num, left] : undefined;
    },
    price(lots, mark, quanta) {
      const size = lots * face;
      return Number(mark) + (Number(mark) * Number(quanta)) / Number(size - quanta);
    },
  };
}

export function payoffOf(terms: InstrumentTerms): Payoff {
  const { contract, tick_lot } = terms;
  if (contract?.kind === 'inverse')
    return inverse(BigInt(contract.face), BigInt(contract.up), BigInt(contract.down));
  if (contract !== undefined && (contract.kind as string) !== 'spot')
    throw new AuditError(`contract ${contract.kind as string}: what its lots are worth is not known here`);
  return linear(BigInt(tick_lot!), contract?.kind === 'spot');
}

/** Most coins that money (not negative) buys at a price. */
export function bought({ contract }: InstrumentTerms, money: bigint, mark: bigint): bigint {
  if (contract?.kind !== 'inverse') return 0n;
  return (money * BigInt(contract.down)) / (mark * BigInt(contract.up));
}
