/**
 * Tables of margin tiers: the two forms in which venues publish them, the check that a requirement does not jump between
 * tiers, and the completion of the shorter form.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { PPM, ratePpm } from './rule.ts';

/** One tier: notional floor, notional cap, maintenance rate, highest leverage, maintenance amount (money). */
export type Tier = readonly [number, number, number, number, number];

/** One tier by its highest leverage alone: notional floor, highest leverage (Hyperliquid). */
export type LeverageTier = readonly [number, number];

/** A table in either form. */
export type TierRows = readonly Tier[] | readonly LeverageTier[];

const tierSchema = z.tuple([
  z.number().min(0),
  z.number().positive(),
  z.number().positive().lt(1),
  z.number().min(1),
  z.number().min(0),
]);

const tierTableSchema = z.array(tierSchema).min(1);

const leverageTierSchema = z.tuple([z.number().min(0), z.number().min(1)]);

export const tierRowsSchema = z.union([tierTableSchema, z.array(leverageTierSchema).min(1)]);

/** The full table. By leverage: rate_i = 1 / (2 · leverage_i), amounts by continuity, each tier up to the next floor. */
export function tierTable(rows: TierRows): readonly Tier[] {
  if (rows[0]!.length === 5) return rows as readonly Tier[];
  const tiers = rows as readonly LeverageTier[];
  let amount = 0;
  return tiers.map(([floor, leverage], i) => {
    const rate = rateOf(leverage);
    if (i > 0) amount += floor * (rate - rateOf(tiers[i - 1]![1]));
    return [floor, tiers[i + 1]?.[0] ?? Infinity, rate, leverage, amount] as const;
  });
}

/** In whole ppm, as the engine's rates are: so that the requirement is continuous at those. */
function rateOf(leverage: number): number {
  return ratePpm(1 / (2 * leverage)) / PPM;
}

/** Refuses tables with gaps or overlaps, falling rates, or amounts that make the requirement jump between tiers. */
export function checkTiers(table: readonly Tier[]): void {
  if (table[0]![0] !== 0)
    throw new ConfigError(['tiers', 0], `the first tier must start at 0, not ${table[0]![0]}`);
  for (let i = 0; i < table.length; i++) {
    const [floor, cap, rate, , amount] = table[i]!;
    if (!(cap > floor)) throw new ConfigError(['tiers', i], `cap ${cap} is not above floor ${floor}`);
    if (i === 0) continue;
    const [, lastCap, lastRate, , lastAmount] = table[i - 1]!;
    if (floor !== lastCap) {
      const what = floor > lastCap ? 'a gap' : 'an overlap';
      throw new ConfigError(
        ['tiers', i],
        `${what}: starts at ${floor}, but the tier before ends at ${lastCap}`,
      );
    }
    if (rate < lastRate)
      throw new ConfigError(['tiers', i], `rate ${rate} is below the tier before (${lastRate})`);
    const expected = lastAmount + floor * (rate - lastRate);
    if (Math.abs(amount - expected) > 0.01 + 1e-9 * expected) {
      throw new ConfigError(
        ['tiers', i],
        `amount ${amount} makes the requirement jump at ${floor}; continuous would be ${expected}`,
      );
    }
  }
}
