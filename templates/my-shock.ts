// A shock: something done to the market from outside, at a time, in one or more steps. An experiment names this file under
// `plugins: [./my-shock.ts]`, and the shock under `shock:`: { kind: my-shock, at: 20 s, lots: 1000, times: 3 }.
// Its test: node --test my-shock.test.mjs
import { defineShock, setting, z } from 'unwind';

export default defineShock({
  name: 'my-shock',
  about: 'Sells as many lots several times, a second apart.',
  settings: z.strictObject({
    at: setting.duration().describe('When it begins.'),
    lots: setting.lots({ least: 1 }).describe('Sold at each time.'),
    times: setting.count({ least: 1 }).default(3).describe('How often.'),
  }),
  // What results call it.
  title: ({ lots, times }) => `${times} sales of ${lots} lots`,
  // Settings and step alone say what it does: it may remember nothing, so that forks repeat it.
  compile: ({ at, lots, times }) => ({
    at_us: at,
    step(step, actions) {
      actions.trade(0, -lots); // a market order in the first instrument; negative lots sell
      return step + 1 < times ? 1_000_000 : -1; // µs to the next step; −1: it is over
    },
  }),
});
