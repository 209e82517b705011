/** Flat margin: one leverage limit and one maintenance rate for every size. IM = N / leverage, MM = N · rate. */
import { z } from 'zod';
import { fraction, leverage } from '../../core/settings.ts';
import { defineMarginRule, notionalOf, ratePpm, shareOf } from './rule.ts';

export const flat = defineMarginRule({
  name: 'flat',
  about: 'One leverage limit and one maintenance rate, whatever the size of the position.',
  settings: z.strictObject({
    leverage: leverage({ least: 1 }).describe('Highest leverage: initial margin is notional / leverage.'),
    maintenance_rate: fraction({ below: 1 })
      .optional()
      .describe('Maintenance margin as a share of notional; half the initial rate if left out.'),
  }),
  compile({ leverage, maintenance_rate }, { instruments }) {
    const initialPpm = ratePpm(1 / leverage);
    const maintenancePpm = ratePpm(maintenance_rate ?? 0.5 / leverage);
    const leastInitialPpm = initialPpm > maintenancePpm ? initialPpm : maintenancePpm;
    const notional = notionalOf(instruments);
    return {
      maintenance: (instrument, lots, mark) => shareOf(notional(instrument, lots, mark), maintenancePpm),
      initial: (instrument, lots, mark) => shareOf(notional(instrument, lots, mark), leastInitialPpm),
      rate: () => maintenancePpm,
    };
  },
});
