/**
 * Tiered margin, as perpetual venues publish it: MM = N · rate_i − amount_i with tier i chosen by the notional N at the
 * mark, IM = N / leverage_i.
 * amount_i = amount_{i−1} + floor_i · (rate_i − rate_{i−1}) makes MM continuous across tiers; a table that breaks it is
 * refused, and one by leverage alone is completed (tiers.ts). Above the last cap the last tier goes on,
 * unless orders beyond it are refused.
 * Source: Binance USD-M leverage and margin tables; Hyperliquid margin tiers.
 */
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { MOST } from '../../core/whole.ts';
import { defineMarginRule, notionalOf, ratePpm, shareOf } from './rule.ts';
import type { TierRows } from './tiers.ts';
import { checkTiers, tierRowsSchema, tierTable } from './tiers.ts';

export const tiered = defineMarginRule({
  name: 'tiered',
  about: 'Maintenance rate and leverage limit by size of position, from a published table of notional tiers.',
  settings: z.strictObject({
    tiers: z
      .union([z.string(), tierRowsSchema])
      .describe(
        'A JSON file (file.json#NAME picks one table), or rows of [floor, cap, rate, leverage, amount], or of [floor, leverage].',
      ),
    beyond: z
      .enum(['last tier', 'refuse'])
      .default('last tier')
      .describe(
        'Positions beyond the last cap: the last tier goes on, or orders that could lead there are refused (a position limit).',
      ),
  }),
  files: ({ tiers }) => (typeof tiers === 'string' ? [{ file: tiers, kind: 'tiers', key: 'tiers' }] : []),
  compile({ tiers, beyond }, { instruments, quantaPerUnit, data }) {
    const table = tierTable(typeof tiers === 'string' ? (data(tiers) as TierRows) : tiers);
    checkTiers(table);
    // Exactly, to the nearest: a product of doubles may fall on the other side of half a quantum.
    const quanta = (tier: number, money: number): number => {
      const value = new Decimal(money).times(quantaPerUnit).round().toNumber();
      if (value <= MOST.quanta) return value;
      throw new ConfigError(['tiers', tier], `${money} is more than 2^53 quanta, which is not exact`);
    };
    const cap = table.map((tier, i) => (i === table.length - 1 ? Infinity : quanta(i, tier[1])));
    const rate = table.map((tier) => ratePpm(tier[2]));
    const leveragePpm = table.map((tier) => ratePpm(1 / tier[3]));
    const amount = table.map((tier, i) => quanta(i, tier[4]));
    const lastCap = table.at(-1)![1];
    if (beyond === 'refuse' && lastCap === Infinity)
      throw new ConfigError(['beyond'], 'needs a last cap, which rows of [floor, leverage] have not');
    const most = beyond === 'refuse' ? quanta(table.length - 1, lastCap) : Infinity;
    const notionalAt = notionalOf(instruments);
    const tierOf = (notional: number): number => {
      let i = 0;
      while (notional > cap[i]!) i++;
      return i;
    };
    const maintenanceIn = (tier: number, notional: number): number =>
      shareOf(notional, rate[tier]!) - amount[tier]!;
    return {
      maintenance: (instrument, lots, mark) => {
        const notional = notionalAt(instrument, lots, mark);
        return maintenanceIn(tierOf(notional), notional);
      },
      initial: (instrument, lots, mark) => {
        const notional = notionalAt(instrument, lots, mark);
        const tier = tierOf(notional);
        const initial = shareOf(notional, leveragePpm[tier]!);
        const least = maintenanceIn(tier, notional);
        return initial > least ? initial : least;
      },
      stepDown(instrument, lots, mark, tiers) {
        const tier = tierOf(notionalAt(instrument, lots, mark)) - tiers;
        return tier < 0 ? 0 : Math.floor(cap[tier]! / notionalAt(instrument, 1, mark));
      },
      ...(beyond === 'refuse' && {
        positionLimit: (instrument: number, mark: number): number =>
          Math.floor(most / notionalAt(instrument, 1, mark)),
      }),
      rate: () => rate[0]!,
    };
  },
});
