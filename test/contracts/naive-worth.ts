// What positions are worth, written a second time and in whole numbers, for auditors of the tests.
import type { ContractTerms } from '../../src/contracts/contract.ts';
import type { InverseTerms } from '../../src/contracts/inverse.ts';
import { tickLotOf } from './tick-lot.ts';

/** Quanta of money that lots, with coins beside them, are worth at a mark (ticks). */
export function naiveWorth(contract: ContractTerms, lots: number, coins: number, mark: number): bigint {
  if (contract.kind !== 'inverse') return BigInt(lots) * BigInt(mark) * BigInt(tickLotOf(contract));
  const { face, up, down } = contract as InverseTerms;
  const whole = BigInt(coins) * BigInt(mark) * BigInt(up);
  const rest = ((whole % BigInt(down)) + BigInt(down)) % BigInt(down);
  return (whole - rest) / BigInt(down) - BigInt(lots) * BigInt(face);
}
