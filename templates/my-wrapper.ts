// A wrapper: changes what a margin rule asks for, whichever it is. An experiment names this file under `plugins: [./my-wrapper.ts]`,
// and the wrapper behind a rule: { rule: flat, leverage: 20, wrappers: [{ wrapper: my-wrapper, by: 50 % }] }.
// Its test: node --test my-wrapper.test.mjs
import { defineWrapper, ratePpm, setting, shareOf, z } from 'unwind';

export default defineWrapper({
  name: 'my-wrapper',
  about: 'Asks for a share more than the rule does.',
  settings: z.strictObject({ by: setting.share().describe('How much more.') }),
  compile({ by }, _context, inner) {
    const ppm = 1_000_000 + ratePpm(by);
    return {
      ...inner,
      maintenance: (i, lots, mark) => shareOf(inner.maintenance(i, lots, mark), ppm),
      initial: (i, lots, mark) => shareOf(inner.initial(i, lots, mark), ppm),
      rate: (i) => shareOf(inner.rate(i), ppm),
    };
  },
});
