/**
 * What a layer of the loss waterfall is. Layers are asked in order, and each does one or both of two things:
 *
 * - it pays (part of) the debt that a liquidated account is left with when everything is closed (`pay`);
 * - it takes over (part of) a position that could not be closed in the book, at a price of the layer's choosing, which
 *   usually is the bankruptcy price: the price at which the account's equity is zero (`takeOver`).
 *
 * What the last layer leaves of a debt is written off; lots that nobody takes stay with the account.
 */
import type { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import type { Requirement } from '../risk/requirement.ts';
import type { Claims } from './allocation.ts';
import type { FundPeak } from './fund-peak.ts';

/** A loss as a layer sees it: whose it is, and what can be done about it. One object, used again for each. */
export interface LossCase {
  readonly ledger: Ledger;
  readonly requirement: Requirement;
  readonly fundPeak: FundPeak;
  /** For one allocation at a time; without rows unless a layer says `shares`. */
  readonly claims: Claims;
  /** µs. */
  readonly time: number;
  /** The liquidated account. */
  readonly account: number;
  /** … of the position that is taken over. */
  readonly instrument: number;
  /** `from` pays quanta of the debt; `bearer`: whose loss that is, when `from` only holds the money. */
  charge(from: number, quanta: number, bearer?: number): void;
  /**
   * `taker` takes `lots` (unsigned) of the position at the mark, and bears `quanta` (negative: gains) beside, which makes
   * the price.
   */
  assume(taker: number, lots: number, quanta: number): void;
  /**
   * What is lost (negative: left) at the bankruptcy price on `lots` of the position, quanta: that part of −equity. Of an
   * account with several positions each bears −equity in proportion to its maintenance requirement (as dYdX v4 sets
   * bankruptcy prices); rounded towards zero, exact for the whole of the last position.
   */
  shortfall(lots: number): number;
}

export interface LossLayer {
  /** As in its definition. */
  readonly code: number;
  readonly shares: boolean;
  /** Brings its own capital into the system: once a run, when the population is there. */
  readonly open?: (loss: LossCase) => void;
  /** Pays at most `owed` quanta (> 0) of the account's debt, by `loss.charge`. Returns how much. */
  readonly pay?: (loss: LossCase, owed: number) => number;
  /** Takes over at most `lots` (unsigned, > 0) of the account's position, by `loss.assume`. Returns how many. */
  readonly takeOver?: (loss: LossCase, lots: number) => number;
}

export interface LossContext {
  /** Quanta in one unit of money, an integer. */
  readonly quantaPerUnit: number;
}

export interface LossLayerDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** In the column losses.layer; 0 is the write-off. Never given to another layer. Left out by layers that come from outside. */
  readonly code?: number;
  /** `unwind verify` takes what it does from the record, and says so: it knows no formula of it. */
  readonly audited?: false;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: S;
  /** True: shares a loss among many accounts, which needs scratch for all of them, and rows in the log. */
  readonly shares?: boolean;
  /** True: accounts have contributions to a default fund, which need a table of them. */
  readonly members?: boolean;
  /** What it does; what it is called and whether it shares is added. */
  readonly compile: (settings: z.output<S>, context: LossContext) => Omit<LossLayer, 'code' | 'shares'>;
}

export function defineLossLayer<S extends z.ZodType>(
  definition: LossLayerDefinition<S>,
): LossLayerDefinition {
  return definition;
}
