// A mark price: what positions are valued and margined at. An experiment names this file under `plugins: [./my-mark.ts]`, and the
// rule under market.instruments[].mark: { rule: my-mark, weight: 20 %, every: 100 ms }. Its test: node --test my-mark.test.mjs
import { defineMark, setting, z } from 'unwind';

export default defineMark({
  name: 'my-mark',
  about:
    'Moves a share of the way to the middle of the book at each sample; stands still while a side is empty.',
  settings: z.strictObject({
    weight: setting.share({ above: 0 }).prefault('20 %').describe('Part of the way at each sample.'),
  }),
  // Ticks, not rounded; bid and ask are 0 where a side is empty.
  compile: ({ weight }) => ({
    sample: ({ bid, ask, previous }) =>
      bid > 0 && ask > 0 ? previous + weight * ((bid + ask) / 2 - previous) : previous,
  }),
});
