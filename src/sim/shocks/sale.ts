/** One sale of a number of lots at market: the plain push of the solvable models. */
import { z } from 'zod';
import { duration, lots } from '../../core/settings.ts';
import { defineShock } from './shock.ts';

export const sale = defineShock({
  name: 'sale',
  about: 'One market order of a fixed number of lots.',
  settings: z.strictObject({
    at: duration().describe('When.'),
    lots: lots({ least: 1 }).describe('How many lots are sold.'),
    instrument: z.string().optional().describe('Which instrument; the first if left out.'),
  }),
  compile({ at, lots, instrument }, context) {
    const target = context.instrument(instrument);
    return {
      at_us: at,
      step(_step, actions) {
        actions.trade(target, -lots);
        return -1;
      },
    };
  },
});
