/**
 * Rates that grow with the size of the position: IM = (initial + slope · size) · N, MM = (maintenance + slope · size) · N,
 * size in units of the base (coins), each rate at most 1. Source: Deribit futures (2 % and 1 % + 0.005 % a BTC).
 */
import { z } from 'zod';
import { contractOf } from '../../contracts/contracts.ts';
import { ConfigError } from '../../core/errors.ts';
import { share } from '../../core/settings.ts';
import { defineMarginRule, notionalOf, PPM, ratePpm, shareOf } from './rule.ts';

const rateSetting = (written: string, about: string) => share({ below: 1 }).prefault(written).describe(about);

export const sizeSlope = defineMarginRule({
  name: 'size-slope',
  about: 'Both rates grow in proportion to the size of the position, in coins.',
  settings: z.strictObject({
    initial_rate: rateSetting('2 %', 'Initial margin of a small position, a share of notional.'),
    maintenance_rate: rateSetting('1 %', 'Maintenance margin of a small position, a share of notional.'),
    slope: rateSetting('0.005 %', 'What each coin of size adds to both rates.'),
  }),
  compile({ initial_rate, maintenance_rate, slope }, { instruments }) {
    if (initial_rate < maintenance_rate) {
      throw new ConfigError(['initial_rate'], 'must not be below maintenance_rate');
    }
    const inCoin = instruments.find(({ contract }) => contractOf(contract).coin !== undefined);
    if (inCoin !== undefined)
      throw new ConfigError([], `counts coins, and the lots of ${inCoin.name} are money; use another rule`);
    const notional = notionalOf(instruments);
    const slopePerLot = instruments.map(({ lot = 1 }) => slope * lot);
    const rateOf = (base: number, instrument: number, lots: number): number => {
      const ppm = ratePpm(base + slopePerLot[instrument]! * lots);
      return ppm < PPM ? ppm : PPM;
    };
    return {
      maintenance: (instrument, lots, mark) =>
        shareOf(notional(instrument, lots, mark), rateOf(maintenance_rate, instrument, lots)),
      initial: (instrument, lots, mark) =>
        shareOf(notional(instrument, lots, mark), rateOf(initial_rate, instrument, lots)),
      rate: () => ratePpm(maintenance_rate),
    };
  },
});
