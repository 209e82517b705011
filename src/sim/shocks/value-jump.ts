/** News: the price on other venues, which value traders believe in, jumps. */
import { z } from 'zod';
import { change, duration } from '../../core/settings.ts';
import { defineShock } from './shock.ts';

export const valueJump = defineShock({
  name: 'value-jump',
  about: 'The fundamental value (the price on other venues) changes at once by a share.',
  settings: z.strictObject({
    at: duration().describe('When.'),
    change: change().describe('Relative change; negative: a fall.'),
    instrument: z.string().optional().describe('Which instrument; the first if left out.'),
  }),
  compile({ at, change, instrument }, context) {
    const target = context.instrument(instrument);
    return {
      at_us: at,
      step(_step, actions) {
        actions.jump(target, change);
        return -1;
      },
    };
  },
});
