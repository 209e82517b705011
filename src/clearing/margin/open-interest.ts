/**
 * Initial margin that grows with the market's open interest OI (money, at the mark):
 *   rate = min(base + max(0, (OI − lower) / (upper − lower)) · (1 − base), 1), IM = ⌈N · rate⌉,
 * MM = N · base · fraction, whatever the open interest. Assumes that crowded markets are harder to leave.
 * Source: dYdX v4, liquidity tiers (base initial margin, maintenance fraction, open interest caps).
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { duration, fraction, money, share } from '../../core/settings.ts';
import { cappedPpm, defineMarginRule, notionalOf, ratePpm, shareOf } from './rule.ts';

export const openInterest = defineMarginRule({
  name: 'open-interest',
  about: 'The initial rate grows from its base to 100 % as open interest goes from a lower to an upper cap.',
  settings: z.strictObject({
    initial_rate: share({ above: 0 }).prefault('5 %').describe('Base initial margin, a share of notional.'),
    maintenance_fraction: fraction().default(0.6).describe('Maintenance margin over base initial margin.'),
    lower: money().describe('Open interest (money) from which the rate grows.'),
    upper: money({ above: 0 }).describe('Open interest (money) at which it is 100 %.'),
    interval: duration({ positive: true }).prefault('1 min').describe('Simulated time between updates.'),
  }),
  terms: 1,
  compile(settings, { instruments, quantaPerUnit, market, computed, inForce }) {
    const { initial_rate: base, maintenance_fraction, lower, upper, interval } = settings;
    if (!(upper > lower)) throw new ConfigError(['upper'], `must be above lower, ${lower}`);
    const notional = notionalOf(instruments);
    const maintenancePpm = ratePpm(base * maintenance_fraction);
    const setRate = (instrument: number, lots: number, mark: number): boolean => {
      const before = computed[instrument];
      const money = notional(instrument, lots, mark) / quantaPerUnit;
      const crowding = money > lower ? (money - lower) / (upper - lower) : 0;
      computed[instrument] = cappedPpm(base + crowding * (1 - base));
      return computed[instrument] !== before;
    };
    return {
      interval_us: interval,
      maintenance: (instrument, lots, mark) => shareOf(notional(instrument, lots, mark), maintenancePpm),
      initial: (instrument, lots, mark) => shareOf(notional(instrument, lots, mark), inForce[instrument]!),
      rate: () => maintenancePpm,
      // A run begins before its traders come.
      reset: (instrument, mark) => void setRate(instrument, 0, mark),
      update: (instrument, mark) => setRate(instrument, market.openInterest(instrument), mark),
    };
  },
});
