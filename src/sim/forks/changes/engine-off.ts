/** Nobody is called or liquidated: what the same traders would have done to the price by themselves. */
import { z } from 'zod';
import { defineChange } from './change.ts';

export const engineOff = defineChange({
  name: 'engine',
  about: 'The liquidation engine is off: no calls, no forced orders; what is under way of them stops.',
  settings: z.strictObject({ engine: z.literal('off').describe('off') }),
  compile: () => ({
    title: 'engine off',
    apply: ({ venues }) => {
      for (const { house } of venues) house.switchEngineOff();
    },
  }),
});
