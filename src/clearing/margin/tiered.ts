/**
 * Tiered margin, as perpetual venues publish it: MM = N · rate_i − amount_i with tier i chosen by the notional N at the
 * mark, IM = N / leverage_i.
 * amount_i = amount_{i−1} + floor_i · (rate_i − rate_{i−1}) makes MM continuous across tiers; a table that breaks it is
 * refused. Above the last cap the last tier goes on. Source: Binance USD-M leverage and margin tables.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { continuousAmount } from '../formulas/tier-table.ts';
import { defineMarginRule, ratePpm, shareOf } from './rule.ts';

/** One tier: notional floor, notional cap, maintenance rate, highest leverage, maintenance amount (money). */
export type Tier = readonly [number, number, number, number, number];

const tierSchema = z.tuple([
  z.number().min(0),
  z.number().positive(),
  z.number().positive().lt(1),
  z.number().min(1),
  z.number().min(0),
]);

export const tierTableSchema = z.array(tierSchema).min(1);

export const tiered = defineMarginRule({
  name: 'tiered',
  about: 'Maintenance rate and leverage limit by size of position, from a published table of notional tiers.',
  settings: z.strictObject({
    tiers: z
      .union([z.string(), tierTableSchema])
      .describe(
        'A JSON file (file.json#NAME picks one table), or rows of [floor, cap, rate, leverage, amount].',
      ),
  }),
  files: ({ tiers }) => (typeof tiers === 'string' ? [{ file: tiers, kind: 'tiers', key: 'tiers' }] : []),
  compile({ tiers }, { instruments, quantaPerUnit, data }) {
    const table = typeof tiers === 'string' ? (data(tiers) as readonly Tier[]) : tiers;
    checkTiers(table);
    const cap = table.map((tier, i) =>
      i === table.length - 1 ? Infinity : Math.round(tier[1] * quantaPerUnit),
    );
    const rate = table.map((tier) => ratePpm(tier[2]));
    const leveragePpm = table.map((tier) => ratePpm(1 / tier[3]));
    const amount = table.map((tier) => Math.round(tier[4] * quantaPerUnit));
    const tickLot = instruments.map((instrument) => instrument.tickLot);
    const tierOf = (notional: number): number => {
      let i = 0;
      while (notional > cap[i]!) i++;
      return i;
    };
    const maintenance = (instrument: number, lots: number, mark: number): number => {
      const notional = lots * mark * tickLot[instrument]!;
      const i = tierOf(notional);
      return shareOf(notional, rate[i]!) - amount[i]!;
    };
    return {
      maintenance,
      initial: (instrument, lots, mark) => {
        const notional = lots * mark * tickLot[instrument]!;
        const initial = shareOf(notional, leveragePpm[tierOf(notional)]!);
        const least = maintenance(instrument, lots, mark);
        return initial > least ? initial : least;
      },
    };
  },
});

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
    const expected = continuousAmount({ rate: lastRate, amount: lastAmount }, floor, rate).toNumber();
    if (Math.abs(amount - expected) > 0.01 + 1e-9 * expected) {
      throw new ConfigError(
        ['tiers', i],
        `amount ${amount} makes the requirement jump at ${floor}; continuous would be ${expected}`,
      );
    }
  }
}
