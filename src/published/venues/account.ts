/**
 * One account as a venue's formulas see it: a position, the money behind it, and the margin terms it stands under.
 * All numbers are exact decimals in the venue's own units (prices in quote money, sizes in coins).
 */
import type { Exact } from '../formulas/exact.ts';
import type { OpenInterest } from '../formulas/open-interest.ts';
import type { TierRow } from '../formulas/tier-table.ts';

export interface Account {
  /** Isolated: only `wallet` answers for the position. Cross: all of the account does. */
  readonly mode: 'isolated' | 'cross';
  readonly side: 'long' | 'short';
  /** Above 0. */
  readonly entry: Exact;
  /** Unsigned, above 0. */
  readonly quantity: Exact;
  /** Above 0; the entry price if the mark is not known. */
  readonly mark: Exact;
  /** Isolated: margin of the position, entry·quantity/leverage if left out. Cross: balance without open profits. */
  readonly wallet: Exact | undefined;
  readonly leverage: Exact | undefined;
  /** Maintenance rate, 0 to below 1, and maintenance amount; unless there are tiers. */
  readonly rate: Exact | undefined;
  readonly amount: Exact | undefined;
  readonly tiers: readonly TierRow[] | undefined;
  readonly takerFee: Exact;
  /** Of the account's other positions; count in cross mode only. */
  readonly others: { readonly maintenance: Exact; readonly unrealised: Exact };
  readonly openInterest: OpenInterest | undefined;
}
