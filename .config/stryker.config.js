// Mutation testing of src/clearing and src/contracts: `npm run mutation`, or of some files
// `npm run mutation -- --mutate 'src/clearing/calls/house.ts'`.
//
// In: every mutant of the two that Stryker's operators make, with these exceptions, none of which counts in the score:
// * index.ts (lists of plug-ins), schema.ts (columns) and market-view.ts (a type): nothing is decided there;
// * string literals: nearly all are texts for people (`about`, `describe`, messages), and names of settings that the
//   schemas check;
// * mutants that run only when a module is loaded (settings and their defaults, tables): each would need a fresh process
//   for all tests. Stryker calls them static.
// A mutant that no test notices counts as not killed, whether it changes what the code does or not.
export default {
  mutate: ['src/{clearing,contracts}/**/*.ts', '!src/clearing/**/{index,schema,market-view}.ts'],
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: '.config/vitest.mutation.config.ts', related: false },
  concurrency: 2,
  timeoutMS: 10_000, // endless loops are found by counting; this must only be longer than a busy machine's pauses
  timeoutFactor: 2,
  ignorePatterns: ['/results', '/.ci', '/coverage'],
  tempDirName: 'dist/mutation/sandbox',
  incremental: true,
  incrementalFile: 'dist/mutation/incremental.json',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { reportTests: false, allowColor: false, allowEmojis: false },
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  thresholds: { high: 90, low: 85, break: 85 },
  allowEmpty: false,
};
