/**
 * How far the margined accounts' equity is used up, all together: initial requirement over equity, and equity over maintenance
 * requirement (1: everybody is at the brink). Of accounts that hold a position.
 */
import { MOST } from '../../core/whole.ts';
import type { Needs, Requirement } from '../../clearing/risk/requirement.ts';
import type { SizedRequirement } from './position-sizes.ts';
import { PositionSizes } from './position-sizes.ts';
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

/**
 * Where a requirement is a sum over positions, each size is asked for once and not each account: among a hundred
 * thousand accounts some thousand sizes are different. Sizes are kept from look to look.
 */
export class MarginUseMeter {
  readonly #venue: Venue;
  readonly #sizes: PositionSizes;

  constructor(venue: Venue) {
    this.#venue = venue;
    this.#sizes = new PositionSizes(venue.ledger);
  }

  /** Of the world as it is now. */
  read(): MarginUse {
    const { requirement } = this.#venue.house;
    if (!isSized(requirement)) return marginUse(this.#venue);
    const { alone, equity } = this.#sizes.follow();
    const total = sumOver(requirement, alone);
    this.#sizes.addTo(total, requirement);
    // Beyond that a sum depends on the order of its terms.
    const isExact = total.initial <= MOST.quanta && total.maintenance <= MOST.quanta;
    return isExact ? ratios(equity, total) : marginUse(this.#venue);
  }
}

/** The same by one pass over all accounts. */
export function marginUse({ ledger, house }: Venue): MarginUse {
  const { margined } = ledger.accounts;
  const total = { initial: 0, maintenance: 0 };
  const needs = { initial: 0, maintenance: 0 };
  let equity = 0;
  for (let account = 0; account < margined.length; account++) {
    if (margined[account] === 0) continue;
    if (!house.requirement.needs(account, needs)) continue;
    total.initial += needs.initial;
    total.maintenance += needs.maintenance;
    equity += ledger.equity(account);
  }
  return ratios(equity, total);
}

function isSized(requirement: Requirement): requirement is Requirement & SizedRequirement {
  return requirement.needsOf !== undefined;
}

function sumOver(requirement: Requirement, accounts: readonly number[]): Needs {
  const total = { initial: 0, maintenance: 0 };
  const needs = { initial: 0, maintenance: 0 };
  for (const account of accounts) {
    requirement.needs(account, needs);
    total.initial += needs.initial;
    total.maintenance += needs.maintenance;
  }
  return total;
}

function ratios(equity: number, { initial, maintenance }: Needs): MarginUse {
  return {
    equity,
    initial,
    initialOverEquity: initial === 0 ? NaN : equity > 0 ? initial / equity : Infinity,
    equityOverMaintenance: maintenance === 0 ? NaN : equity / maintenance,
  };
}
