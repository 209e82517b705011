/** Spot: the coins themselves, bought with money. What is held is worth its price, and is paid in full. */
import type { ContractTerms } from './contract.ts';
import { defineContract } from './contract.ts';
import { LinearContract, tickLotOf } from './linear.ts';

export interface SpotTerms extends ContractTerms {
  readonly kind: 'spot';
  /** Quanta of value per tick of price and lot of coins, an integer. */
  readonly tickLot: number;
}

/** Terms of coins with so many quanta of money per tick and lot. */
export function spot(tickLot: number): SpotTerms {
  return { kind: 'spot', tickLot };
}

class SpotContract extends LinearContract {
  readonly owned = true;
}

export const spotKind = defineContract({
  kind: 'spot',
  about: 'The coins themselves: paid in full when bought, and never sold short by who must meet margin.',
  settings: {},
  terms: (_, units) => spot(tickLotOf(units)),
  compile: (terms) => new SpotContract(terms),
});
