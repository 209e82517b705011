// The tests that `npm run mutation` puts the mutants of src/clearing and src/contracts to: their own and those of scripted
// markets, all but the few that take seconds of random draws each. What only those would notice counts as a survivor.
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

const slow = ['risk/watch', 'margin/composed'].map((name) => `test/clearing/${name}.test.ts`);

/** By path: clearing's own numbers, which find most mutants at once, before the simulated markets. */
class ByPath extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)));
  }
}

export default defineConfig({
  test: {
    include: [
      'test/clearing/**/*.test.ts',
      'test/contracts/*.test.ts',
      'test/sim/**/{auction,call-ladder,escalation,losses,margin-clock,market,treasury,trading-rules}.test.ts',
    ],
    exclude: slow,
    sequence: { sequencer: ByPath },
    isolate: false, // a mutant's tests share their modules: loading them again for each file would cost the most
    testTimeout: 120_000,
  },
});
