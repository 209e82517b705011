/**
 * Tables of margin tiers: the two forms in which venues publish them, the check that a requirement does not jump between
 * tiers, and the completion of the shorter form.
 */
import { z } from 'zod';
import { cap, fraction, leverage, money } from '../../core/settings.ts';
import { ConfigError } from '../../core/errors.ts';
import { checkTerms, continuousAmount } from '../../published/formulas/tier-table.ts';
import { PPM, ratePpm } from './rule.ts';

/** One tier: notional floor, notional cap, maintenance rate, highest leverage, maintenance amount (money). */
export type Tier = readonly [number, number, number, number, number];

/** One tier by its highest leverage alone: notional floor, highest leverage (Hyperliquid). */
export type LeverageTier = readonly [number, number];

/** A table in either form. */
export type TierRows = readonly Tier[] | readonly LeverageTier[];

const tierSchema = z.tuple([
  money(),
  cap(),
  fraction({ above: 0, below: 1 }),
  leverage({ least: 1 }),
  money(),
]);

const tierTableSchema = z.array(tierSchema).min(1);

const leverageTierSchema = z.tuple([money(), leverage({ least: 1 })]);

export const tierRowsSchema = z.union([tierTableSchema, z.array(leverageTierSchema).min(1)]);

/** The full table. By leverage: rate_i = 1 / (2 · leverage_i), amounts by continuity, each tier up to the next floor. */
export function tierTable(rows: TierRows): readonly Tier[] {
  if (rows[0]!.length === 5) return rows as readonly Tier[];
  const tiers = rows as readonly LeverageTier[];
  let amount = 0;
  return tiers.map(([floor, leverage], i) => {
    const rate = rateOf(leverage);
    if (i > 0) {
      const before = { rate: rateOf(tiers[i - 1]![1]), amount };
      amount = continuousAmount(before, floor, rate).toNumber();
    }
    return [floor, tiers[i + 1]?.[0] ?? Infinity, rate, leverage, amount] as const;
  });
}

/** In whole ppm, as the engine's rates are: so that the requirement is continuous at those. */
function rateOf(leverage: number): number {
  return ratePpm(1 / (2 * leverage)) / PPM;
}

/** Refuses tables with gaps or overlaps, or whose numbers contradict each other. */
export function checkTiers(table: readonly Tier[]): void {
  if (table[0]![0] !== 0)
    throw new ConfigError(['tiers', 0], `the first tier must start at 0, not ${table[0]![0]}`);
  for (let i = 0; i < table.length; i++) {
    const [floor, cap] = table[i]!;
    if (!(cap > floor)) throw new ConfigError(['tiers', i], `cap ${cap} is not above floor ${floor}`);
    const last = table[i - 1];
    if (last !== undefined && floor !== last[1]) {
      const what = floor > last[1] ? 'a gap' : 'an overlap';
      throw new ConfigError(
        ['tiers', i],
        `${what}: starts at ${floor}, but the tier before ends at ${last[1]}`,
      );
    }
    try {
      checkTerms(i, termsOf(table[i]!), last && termsOf(last), false);
    } catch (error) {
      throw error instanceof ConfigError ? new ConfigError(['tiers', ...error.path], error.message) : error;
    }
  }
}

function termsOf([floor, , rate, maxLeverage, amount]: Tier) {
  return { floor, rate, maxLeverage, amount };
}
