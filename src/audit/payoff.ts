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
  /** Most coins that money (not negative) buys at a price. */
  bought(money: bigint, price: bigint): bigint;
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
    bought: () => 0n,
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
    bought: (money, price) => (money * down) / (price * up),
  };
}

type Numbers = Readonly<Record<string, number>>;

/** By kind of contract. */
export const PAYOFFS: Readonly<Record<string, (terms: InstrumentTerms) => Payoff>> = {
  linear: ({ tick_lot }) => linear(BigInt(tick_lot!), false),
  spot: ({ tick_lot }) => linear(BigInt(tick_lot!), true),
  inverse({ contract }) {
    const { face, up, down } = contract as unknown as Numbers;
    return inverse(BigInt(face!), BigInt(up!), BigInt(down!));
  },
};

const kindOf = ({ contract }: InstrumentTerms): string => contract?.kind ?? 'linear';

/** The kind of a contract that no formula is known of; undefined: there is one. */
export function unknownKind(terms: InstrumentTerms): string | undefined {
  const kind = kindOf(terms);
  return Object.hasOwn(PAYOFFS, kind) ? undefined : kind;
}

export function payoffOf(terms: InstrumentTerms): Payoff {
  const kind = kindOf(terms);
  return unknownKind(terms) === undefined ? PAYOFFS[kind]!(terms) : unknown(kind, terms.in_coin === true);
}

/** It says what moves, and nothing of what it is worth. */
function unknown(kind: string, inCoin: boolean): Payoff {
  const refuse = (): never => {
    throw new AuditError(`contract ${kind}: what its lots are worth is not known here`);
  };
  const formulas = { paid: refuse, notional: refuse, worth: refuse, dearer: refuse, distance: refuse };
  return { inCoin, owned: false, ...formulas, price: refuse, bought: refuse };
}
