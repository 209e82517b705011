/**
 * Tables of margin tiers in exact decimals: MM = N·rate_i − amount_i, with tier i chosen by the notional N.
 *
 * amount_i = amount_{i−1} + floor_i·(rate_i − rate_{i−1}) makes MM continuous across tiers: with it, a tier's rate in
 * effect holds only for what lies above its floor. Venues publish the amounts ("maintenance amount", "deduction") or
 * leave them to be computed. Sources: Binance USD-M leverage and margin tables; Hyperliquid documentation, margin
 * tiers (rate_i = 1/(2·max leverage_i)).
 */
import type { Decimal } from 'decimal.js';
import { ConfigError } from '../../core/errors.ts';
import { Exact, ONE, ZERO } from './exact.ts';

/** One row as given. What is undefined was left out. */
export interface TierRow {
  readonly floor: Exact;
  readonly cap: Exact | undefined;
  readonly rate: Exact | undefined;
  readonly maxLeverage: Exact | undefined;
  readonly amount: Exact | undefined;
}

export interface ExactTier {
  /** Notional above which it holds, and up to which (Infinity for the last: a table goes on). */
  readonly floor: Exact;
  readonly cap: Exact;
  readonly rate: Exact;
  readonly amount: Exact;
  readonly maxLeverage: Exact | undefined;
}

/**
 * How a row's missing numbers are found: amounts so that MM is continuous, or none at all (the tier's rate holds for
 * the whole position); the rate as half of one over the highest leverage, or not at all.
 */
export interface TierConvention {
  readonly amounts: 'continuous' | 'none';
  readonly rates: 'from-leverage' | 'given';
}

const FOREVER = new Exact(Infinity);

/** The amount that makes a tier's requirement meet that of the tier before, at the floor between them. */
export function continuousAmount(
  last: { readonly rate: Decimal.Value; readonly amount: Decimal.Value },
  floor: Decimal.Value,
  rate: Decimal.Value,
): Exact {
  return new Exact(rate).minus(last.rate).times(floor).plus(last.amount);
}

/** What a tier's row says, whole: as it was written, or completed. */
interface Terms {
  readonly floor: Decimal.Value;
  readonly rate: Decimal.Value;
  readonly amount: Decimal.Value;
  readonly maxLeverage: Decimal.Value | undefined;
}

/** Venues publish amounts to a hundredth of the unit of money. */
const ROUNDING = 0.01;

/**
 * Refuses a tier that contradicts itself or the one before: a requirement that would be negative, fall with the rate or
 * (where the venue's does not) jump at the floor, and a leverage that would open positions in breach. Throws ConfigError
 * with the row as its path.
 */
export function checkTerms(row: number, tier: Terms, last: Terms | undefined, mayJump: boolean): void {
  const refuse = (message: string): never => {
    throw new ConfigError([row], message);
  };
  const rate = new Exact(tier.rate);
  if (last !== undefined && rate.lt(last.rate))
    refuse(`rate ${rate.toFixed()} is below the tier before (${new Exact(last.rate).toFixed()})`);
  const amount = new Exact(tier.amount);
  const expected = last === undefined ? ZERO : continuousAmount(last, tier.floor, rate);
  const off = amount.minus(expected).abs();
  if (!mayJump && off.gt(new Exact(1e-9).times(expected).plus(ROUNDING))) {
    refuse(
      `amount ${amount.toFixed()} makes the requirement jump at ${new Exact(tier.floor).toFixed()}; ` +
        `continuous would be ${expected.toFixed()}`,
    );
  }
  const least = rate.times(tier.floor);
  if (amount.gt(least.plus(ROUNDING)))
    refuse(`amount ${amount.toFixed()} is above floor · rate = ${least.toFixed()}: a requirement below 0`);
  if (tier.maxLeverage === undefined) return;
  const leverage = new Exact(tier.maxLeverage);
  if (leverage.times(rate).gt(1))
    refuse(`leverage ${leverage.toFixed()} is above one over the rate ${rate.toFixed()}: opened in breach`);
  if (last?.maxLeverage !== undefined && leverage.gt(last.maxLeverage))
    refuse(
      `leverage ${leverage.toFixed()} is above the tier before (${new Exact(last.maxLeverage).toFixed()})`,
    );
}

/** Throws ConfigError, with the row as its path, for a table with gaps, overlaps, rates that are missing, or contradictions. */
export function tierTable(rows: readonly TierRow[], convention: TierConvention): readonly ExactTier[] {
  const table: ExactTier[] = [];
  rows.forEach((row, i) => {
    const last = table[i - 1];
    const { floor, maxLeverage } = row;
    if (last === undefined && !floor.isZero()) throw new ConfigError([i], 'the first tier must start at 0');
    if (last !== undefined && floor.lte(last.floor)) {
      throw new ConfigError([i], 'must start above the tier before');
    }
    const previousCap = rows[i - 1]?.cap;
    if (previousCap !== undefined && !previousCap.eq(floor)) {
      throw new ConfigError([i], `must start where the tier before ends, at ${previousCap.toFixed()}`);
    }
    if (row.cap?.lte(floor)) throw new ConfigError([i], 'the cap must be above the floor');
    const rate = row.rate ?? rateOf(maxLeverage, convention, i);
    let amount = row.amount ?? ZERO;
    if (row.amount === undefined && last !== undefined && convention.amounts === 'continuous') {
      amount = continuousAmount(last, floor, rate);
    }
    const tier = { floor, cap: rows[i + 1]?.floor ?? FOREVER, rate, amount, maxLeverage };
    checkTerms(i, tier, last, convention.amounts === 'none');
    table.push(tier);
  });
  return table;
}

function rateOf(maxLeverage: Exact | undefined, convention: TierConvention, row: number): Exact {
  if (maxLeverage === undefined || convention.rates === 'given') {
    throw new ConfigError([row], 'needs a maintenance rate');
  }
  return ONE.div(maxLeverage.times(2));
}

/** One tier for every size. */
export function oneTier(rate: Exact, amount: Exact): readonly ExactTier[] {
  return [{ floor: ZERO, cap: FOREVER, rate, amount, maxLeverage: undefined }];
}

/** Index of the tier of a notional. A border belongs to the tier below it. */
export function tierAt(table: readonly ExactTier[], notional: Exact): number {
  let i = 0;
  while (notional.gt(table[i]!.cap)) i++;
  return i;
}
