import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/build.ts'],
    maxWorkers: '100%', // vitest leaves a core free, which with two is half of them
    pool: 'forks', // vmThreads breaks the equality of typed arrays
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'agents/**/*.ts'] },
  },
});
