/**
 * How far the margined accounts' equity is used up, all together: initial requirement over equity, and equity over maintenance
 * requirement (1: everybody is at the brink). Of accounts that hold a
 * position. One pass over all accounts, so it is sampled, not kept.
 */
import type { Venue } from '../venue/venue.ts';

export interface MarginUse {
  /** Of these accounts, all together, quanta. */
  readonly equity: number;
  /** Initial requirements, quanta. */
  readonly initial: number;
  /** Initial requirements over equity; NaN without a requirement, Infinity where no equity is left. */
  readonly initialOverEquity: number;
  /** Equity over maintenance requirements; NaN without a requirement. */
  readonly equityOverMaintenance: number;
}

export function marginUse({ ledger, house }: Venue): MarginUse {
  const { margined } = ledger.accounts;
  let equity = 0;
  let initial = 0;
  let maintenance = 0;
  const needs = { initial: 0, maintenance: 0 };
  for (let account = 0; account < margined.length; account++) {
    if (margined[account] === 0) continue;
    if (!house.requirement.needs(account, needs)) continue;
    initial += needs.initial;
    maintenance += needs.maintenance;
    equity += ledger.equity(account);
  }
  return {
    equity,
    initial,
    initialOverEquity: initial === 0 ? NaN : equity > 0 ? initial / equity : Infinity,
    equityOverMaintenance: maintenance === 0 ? NaN : equity / maintenance,
  };
}
