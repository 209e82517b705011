/**
 * A margin ladder (Vega): search, initial and release levels as multiples of maintenance margin, in whole quanta.
 *
 * Maintenance is rounded up, each level down. Below search the margin account is topped up to initial from the trader's
 * free money, as far as that goes; above release the rest over initial is given back.
 * Source: Vega, "Margin calculator" (specification 0019) and core/risk.
 */
import type { Exact } from './exact.ts';
import { ZERO } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

export interface LadderFactors {
  readonly search: Exact;
  readonly initial: Exact;
  readonly release: Exact;
}

export interface MarginLevels {
  readonly maintenance: Exact;
  readonly search: Exact;
  readonly initial: Exact;
  readonly release: Exact;
}

const maintenanceLevel = formula('M', 'ceil(m)', 'maintenance margin, rounded up to a quantum');
const searchLevel = formula('search', 'floor(M·fs)', 'search level: below it, money is looked for');
const initialLevel = formula(
  'initial',
  'floor(M·fi)',
  'initial level: up to which, and down to which, money moves',
);
const releaseLevel = formula('release', 'floor(M·fr)', 'release level: above it, money is given back');

export function marginLevels(sheet: Sheet, maintenance: Exact, factors: LadderFactors): MarginLevels {
  sheet.given('m', maintenance, 'maintenance margin');
  sheet.given('fs', factors.search, 'factor of the search level');
  sheet.given('fi', factors.initial, 'factor of the initial level');
  sheet.given('fr', factors.release, 'factor of the release level');
  return {
    maintenance: sheet.work(maintenanceLevel),
    search: sheet.work(searchLevel),
    initial: sheet.work(initialLevel),
    release: sheet.work(releaseLevel),
  };
}

const topUp = formula(
  'T',
  'min(initial − balance, general)',
  'transfer into margin: up to initial, as far as it goes',
);
const fullTopUp = formula('T', 'initial − balance', 'transfer into margin, up to initial');
const release = formula('T', 'initial − balance', 'transfer out of margin (negative), down to initial');

/** What a margin account does at its levels. */
export interface Rebalanced extends MarginLevels {
  /** Money that moves into it (negative: out of it). */
  readonly transfer: Exact;
}

/**
 * The levels, and what a margin account with this balance does at them. `general`: the trader's free money; undefined: as
 * much as is needed.
 */
export function rebalance(
  sheet: Sheet,
  maintenance: Exact,
  factors: LadderFactors,
  balance: Exact,
  general: Exact | undefined,
): Rebalanced {
  const levels = marginLevels(sheet, maintenance, factors);
  sheet.given('balance', balance, 'margin balance');
  if (balance.gt(levels.release)) return { ...levels, transfer: sheet.work(release) };
  if (balance.gte(levels.search)) {
    sheet.given('T', ZERO, 'no transfer: the balance is between search and release');
    return { ...levels, transfer: ZERO };
  }
  if (general === undefined) return { ...levels, transfer: sheet.work(fullTopUp) };
  sheet.given('general', general, 'free money');
  return { ...levels, transfer: sheet.work(topUp) };
}
