/**
 * Linear contract (and spot): a lot gains the same for each tick.
 *   value = lots · price · u,  u: quanta per tick and lot
 */
import type { Contract, LinearTerms } from './contract.ts';

/** Terms of a linear contract with so many quanta per tick and lot. */
export function linear(tickLot: number): LinearTerms {
  return { kind: 'linear', tickLot };
}

export class LinearContract implements Contract {
  /** Quanta per tick and lot. */
  readonly unit: number;

  constructor({ tickLot }: LinearTerms) {
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

  move(lots: number, _from: number, quanta: number): number {
    return quanta / (lots * this.unit);
  }
}
