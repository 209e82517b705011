import type { ContractTerms } from '../../src/contracts/contract.ts';
import type { LinearTerms } from '../../src/contracts/linear.ts';

/** Quanta per tick and lot of a linear contract. */
export function tickLotOf(contract: ContractTerms): number {
  return (contract as LinearTerms).tickLot;
}
