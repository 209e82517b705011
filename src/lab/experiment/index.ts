/** Experiment files: what an experiment is, how it is read, and the scenarios that follow from it. */
export type { MarketCell } from './compile.ts';
export type { AbsorptionSettings } from './absorption.ts';
export { cells, compileScenario, withoutShocks, rulesOf, scenarioUnder } from './compile.ts';
export { compileChange } from './counterfactuals.ts';
export { MOST_DATA_BYTES, readRegularFile } from './data/regular-file.ts';
export type { SensitivityBlock, TuneBlock, WrittenParameters } from './design.ts';
export { experimentJsonSchema } from './json-schema.ts';
export type {
  ActivityExperiment,
  BookRaceExperiment,
  DepletionExperiment,
  Experiment,
  MarketExperiment,
  MarketMakerExperiment,
  EstimatorsExperiment,
  LatentBookExperiment,
  MetaordersExperiment,
  ProcyclicalityExperiment,
  RandomWalkExperiment,
  RareMarketExperiment,
  RareSolvableExperiment,
  ReadOptions,
  SolvableExperiment,
  StationaryBookExperiment,
  ZeroExperiment,
} from './read.ts';
export { locate, readExperiment } from './read.ts';
export type { Splitting } from './rare.ts';
export { ExperimentProblems } from './problems.ts';
export { percent, shortDuration, shortNumber } from './titles.ts';
