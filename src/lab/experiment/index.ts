/** Experiment files: what an experiment is, how it is read, and the scenarios that follow from it. */
export type { MarketCell } from './compile.ts';
export { cells, compileScenario } from './compile.ts';
export { experimentJsonSchema } from './json-schema.ts';
export type {
  BookRaceExperiment,
  DepletionExperiment,
  Experiment,
  MarketExperiment,
  EstimatorsExperiment,
  ProcyclicalityExperiment,
  ReadOptions,
  SolvableExperiment,
  StationaryBookExperiment,
  ZeroExperiment,
} from './read.ts';
export { locate, readExperiment } from './read.ts';
export { percent, shortDuration, shortNumber } from './titles.ts';
