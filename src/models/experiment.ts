/** Experiment files: what an experiment is, how it is read, and the scenarios that follow from it. */
export type { MarketCell, MarketExperiment } from './market/file/compile.ts';
export type { AbsorptionSettings } from './market/file/absorption.ts';
export { cells, compileScenario, withoutShocks, rulesOf } from './market/file/compile.ts';
export { compileChange } from './market/file/counterfactuals.ts';
export { MOST_DATA_BYTES, readRegularFile } from '../experiment/data/regular-file.ts';
export type { SensitivityBlock, TuneBlock, WrittenParameters } from '../experiment/design-blocks.ts';
export { experimentJsonSchema } from './json-schema.ts';
export type { SolvableExperiment } from './solvable/file.ts';
export type { Experiment, ReadOptions } from './read.ts';
export { locate, readExperiment } from './read.ts';
export { ExperimentProblems } from '../experiment/problems.ts';
export { percent, shortDuration, shortNumber } from '../experiment/titles.ts';
