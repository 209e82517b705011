/** The contracts of all instruments of a venue, by their numbers. Nearly all of them are linear, which costs no call. */
import { Registry } from '../core/registry.ts';
import type { AnyContract, Coin, Contract, ContractTerms, Expiry } from './contract.ts';
import { inverseKind } from './inverse.ts';
import { LinearContract, linearKind } from './linear.ts';
import { spotKind } from './spot.ts';

/** All kinds. A new one is its file, and its name in this list. */
export const contractKinds = new Registry<AnyContract>('kind of contract', ({ kind }) => kind, [
  linearKind,
  inverseKind,
  spotKind,
]);

/** The contract of some terms. */
export function contractOf(terms: ContractTerms): Contract {
  return contractKinds.get(terms.kind).compile(terms as never);
}

export class Contracts {
  /** How many instruments there are. */
  readonly count: number;
  /** Quanta per tick and lot of those that are linear; 0 of others. */
  private readonly unit: Float64Array;
  private readonly all: readonly Contract[];

  constructor(terms: readonly ContractTerms[]) {
    this.count = terms.length;
    this.all = terms.map(contractOf);
    this.unit = unitsOf(this.all);
  }

  /** What a buyer of lots (negative: a seller) pays at a price in ticks, quanta of what it is settled in. */
  value(instrument: number, lots: number, price: number): number {
    const unit = this.unit[instrument]!;
    return unit > 0 ? lots * price * unit : this.all[instrument]!.value(lots, price);
  }

  /** What rates and fees are shares of: of unsigned lots at a price in ticks, quanta. */
  notional(instrument: number, lots: number, price: number): number {
    const unit = this.unit[instrument]!;
    return unit > 0 ? lots * price * unit : this.all[instrument]!.notional(lots, price);
  }

  /** What lots gain (negative: lose) from one price to another, quanta of money. */
  gain(instrument: number, lots: number, from: number, to: number): number {
    return this.all[instrument]!.gain(lots, from, to);
  }

  /** What a buyer of lots pays more at a price than at the mark, quanta of money at the mark. */
  dearer(instrument: number, lots: number, mark: number, price: number): number {
    return this.all[instrument]!.dearer(lots, mark, price);
  }

  /** How far from the mark a buyer of lots pays so many quanta more: ticks, signed, not rounded. */
  move(instrument: number, lots: number, mark: number, quanta: number): number {
    return this.all[instrument]!.move(lots, mark, quanta);
  }

  /** The coin that an instrument is settled in; undefined: money. */
  coin(instrument: number): Coin | undefined {
    return this.all[instrument]!.coin;
  }

  /** True where what is bought is owned, and paid in full. */
  isOwned(instrument: number): boolean {
    return this.all[instrument]!.owned === true;
  }

  /** How an instrument ends; undefined: never. */
  expiry(instrument: number): Expiry | undefined {
    return this.all[instrument]!.expires;
  }
}

/** The notional of instruments by their numbers, as a function: margin rules ask for it at each look at an account. */
export function notionalBy(
  terms: readonly ContractTerms[],
): (instrument: number, lots: number, price: number) => number {
  const all = terms.map(contractOf);
  const unit = unitsOf(all);
  if (unit.every((one) => one > 0)) return (instrument, lots, price) => lots * price * unit[instrument]!;
  return (instrument, lots, price) => all[instrument]!.notional(lots, price);
}

/** Quanta per tick and lot of those that are linear; 0 of others. */
function unitsOf(all: readonly Contract[]): Float64Array {
  return Float64Array.from(all, (one) => (one instanceof LinearContract ? one.unit : 0));
}
