import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** What takes longest, the longest first: begun last, one of them would keep one core at work and leave the others idle. */
const LONG = [
  ...['cli/validate', 'cli/bench', 'sim/conservation', 'cli/kill', 'cli/run', 'cli/kill-designs'],
  ...['cli/compare', 'market/exchange', 'cli/resume', 'cli/resume-designs', 'cli/failures', 'cli/fork'],
  ...['cli/rogue', 'cli/query', 'audit/verify', 'cli/usage', 'cli/damage'],
  ...['audit/sampled', 'experiment/files', 'cli/tables', 'audit/takeovers', 'clearing/risk/watch'],
].map((name) => `/test/${name}.test.ts`);

/** Without vitest's memory of the last run, which a fresh copy has not, it would go by the size of the files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/build.ts'],
    maxWorkers: '100%', // vitest leaves a core free, which with two is half of them
    pool: 'forks', // vmThreads breaks the equality of typed arrays
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'agents/**/*.ts'] },
  },
});
