/** The contracts of all instruments of a venue, by their numbers. Nearly all of them are linear, which costs no call. */
import type { Contract, ContractTerms } from './contract.ts';
import { LinearContract } from './linear.ts';

/** All kinds. A new one is its file, its terms, and one line here. */
const kinds: { readonly [K in ContractTerms['kind']]: new (terms: ContractTerms) => Contract } = {
  linear: LinearContract,
};

/** The contract of some terms. */
export function contractOf(terms: ContractTerms): Contract {
  return new kinds[terms.kind](terms);
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

  /** Value of lots (negative: short) at a price in ticks, quanta. */
  value(instrument: number, lots: number, price: number): number {
    const unit = this.unit[instrument]!;
    return unit > 0 ? lots * price * unit : this.all[instrument]!.value(lots, price);
  }

  /** What rates and fees are shares of: of unsigned lots at a price in ticks, quanta. */
  notional(instrument: number, lots: number, price: number): number {
    const unit = this.unit[instrument]!;
    return unit > 0 ? lots * price * unit : this.all[instrument]!.notional(lots, price);
  }

  /** What lots gain (negative: lose) from one price to another, quanta. */
  gain(instrument: number, lots: number, from: number, to: number): number {
    return this.all[instrument]!.gain(lots, from, to);
  }

  /** How far the price must go from `from` for lots to gain so many quanta: ticks, signed, not rounded. */
  move(instrument: number, lots: number, from: number, quanta: number): number {
    return this.all[instrument]!.move(lots, from, quanta);
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
