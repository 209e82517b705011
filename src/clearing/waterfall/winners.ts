/**
 * Who can be asked to share a loss: accounts of traders that must meet margin requirements, with money left. (The others
 * stand for the rest of the market, whose capital is not modelled.)
 *
 * The layers that share go through all accounts, O(accounts), with nothing allocated; that happens when a loss is shared,
 * not when a layer is only there.
 */
import type { LossCase } from './layer.ts';

/** Equity (quanta) of an account that can share the loss at hand; 0 of one that can't. */
export function solventEquity(losses: LossCase, account: number): number {
  const { ledger } = losses;
  if (ledger.accounts.margined[account] === 0 || account === losses.account) return 0;
  const equity = ledger.worth(account);
  return equity > 0 ? equity : 0;
}
