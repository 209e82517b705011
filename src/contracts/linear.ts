/**
 * Linear contract: a lot gains the same for each tick.
 *   value = lots · price · u,  u: quanta per tick and lot
 */
import type { Contract, ContractTerms, ContractUnits } from './contract.ts';
import { defineContract } from './contract.ts';

export interface LinearTerms extends ContractTerms {
  readonly kind: 'linear';
  /** Quanta of value per tick of price and lot of size, an integer. */
  readonly tickLot: number;
}

/** Terms of a linear contract with so many quanta per tick and lot. */
export function linear(tickLot: number): LinearTerms {
  return { kind: 'linear', tickLot };
}

export class LinearContract implements Contract {
  /** Quanta per tick and lot. */
  readonly unit: number;

  constructor({ tickLot }: Pick<LinearTerms, 'tickLot'>) {
    this.unit = tickLot;
  }

  value(lots: number, price: number): number {
    return lots * price * this.unit;
  }

  notional(lots: number, price: number): number {
    return lots * price * this.unit;
  }

  gain(lots: number, from: number, to: number): number {
    return lots * (to - from) * this.unit;
  }

  dearer(lots: number, mark: number, price: number): number {
    return lots * (price - mark) * this.unit;
  }

  move(lots: number, _mark: number, quanta: number): number {
    return quanta / (lots * this.unit);
  }
}

/** Quanta per tick and lot. */
export function tickLotOf({ tick, lot, quantaPerUnit }: ContractUnits): number {
  return tick.times(lot).times(quantaPerUnit).toNumber();
}

export const linearKind = defineContract({
  kind: 'linear',
  about: 'A future or perpetual of coins, settled in money: each lot gains the same for each tick.',
  settings: {},
  terms: (_, units) => linear(tickLotOf(units)),
  compile: (terms) => new LinearContract(terms),
});
