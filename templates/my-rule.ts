// A margin rule: how much equity a position needs. An experiment names this file under `plugins: [./my-rule.ts]`, and the rule
// under `policies.NAME.margin`: { rule: my-rule, share: 5 % }. Its test: node --test my-rule.test.mjs
import { defineMarginRule, notionalOf, ratePpm, setting, shareOf, z } from 'unwind';

export default defineMarginRule({
  name: 'my-rule',
  about: 'One share of notional for all positions; twice as much to open one.',
  settings: z.strictObject({ share: setting.share({ above: 0 }).describe('Maintenance, of notional.') }),
  compile({ share }, { instruments }) {
    const notional = notionalOf(instruments); // quanta, of lots (unsigned) at a mark (ticks)
    const ppm = ratePpm(share); // rates are whole parts per million, and requirements rounded up: exact on every machine
    const need = (i: number, lots: number, mark: number) => shareOf(notional(i, lots, mark), ppm);
    return {
      maintenance: need, // equity (quanta) at or below which the position is called
      initial: (i, lots, mark) => 2 * need(i, lots, mark), // … that it needs to be opened; never less than maintenance
      rate: () => ppm,
    };
  },
});
