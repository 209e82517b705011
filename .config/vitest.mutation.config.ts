// The tests that `npm run mutation` puts the mutants of src/clearing to: those of clearing itself and the scripted
// markets, all but the few that take seconds of random draws each. What only those would notice counts as a survivor.
import { defineConfig } from 'vitest/config';

const slow = ['trigger', 'venues/engine', 'margin/composed'].map((name) => `test/clearing/${name}.test.ts`);

export default defineConfig({
  test: {
    include: [
      'test/clearing/**/*.test.ts',
      'test/sim/{call-ladder,escalation,losses,margin-clock,market,treasury,venue-rules}.test.ts',
    ],
    exclude: slow,
    isolate: false, // a mutant's tests share their modules: loading them again for each file would cost the most
    testTimeout: 120_000,
  },
});
