import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** What takes longest, the longest first: begun last, one of them would keep one core at work and leave the others idle. */
const LONG = [
  ...['cli/rogue', 'cli/run', 'audit/verify', 'cli/kill', 'cli/kill-designs', 'cli/compare', 'cli/failures'],
  ...[
    'cli/validate',
    'sim/conservation',
    'experiment/files',
    'cli/resume',
    'sim/mixed-contracts',
    'cli/damage',
  ],
  ...['audit/sweep', 'sim/determinism', 'audit/copies', 'cli/resume-designs', 'audit/sampled', 'cli/fork'],
  ...['cli/bench', 'clearing/risk/watch', 'cli/tables', 'cli/stop', 'cli/facts', 'stats/intervals/bootstrap'],
  ...['market/exchange', 'audit/takeovers', 'cli/usage', 'cli/report'],
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
    isolate: false, // files share what their worker has loaded: what they share may keep nothing of a file
    // What is built is loaded as Node does, once in a process.
    server: { deps: { external: [/\/dist\/(src|agents)\//] } },
    env: { NO_COLOR: '1' }, // a CI server is taken for a terminal that shows colours
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'agents/**/*.ts'] },
  },
});
