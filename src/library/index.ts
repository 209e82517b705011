/**
 * The door of the package: what `import … from 'unwind'` gives. Experiments are loaded, run, read and stepped; the functions that
 * declare plug-ins come from the same place.
 */
export * from '../models/plug-ins/api.ts';
export { ExperimentProblems } from '../models/experiment.ts';
export type { Experiment } from '../models/experiment.ts';
export type { CellSummary, ColumnInfo, Summary, TableInfo } from '../models/model.ts';
export type { Estimate } from '../stats/estimate.ts';
export type { AccountView, CallView, ForcedOrderView, PositionView } from '../replay/account.ts';
export type { Moment, PriceAxis } from '../replay/moment.ts';
export { OutputError } from '../lab/store/output-error.ts';
export { UnfinishedError } from '../lab/store/unfinished.ts';
export { RunError } from '../lab/run.ts';
export type { ExperimentSource, LoadOptions } from './load.ts';
export { loadExperiment } from './load.ts';
export type { ExperimentSettings } from './settings.ts';
export type { Progress, RunOptions } from './run.ts';
export { runExperiment } from './run.ts';
export type { ColumnValues, Results, Table, Where } from './results.ts';
export { openResults } from './results.ts';
export type { Book, BookSide, Listing, Place } from './book.ts';
export type { GroupInfo, SavedWorld, Samples, World, WorldOptions } from './world.ts';
export { simulate } from './world.ts';
export { drawFigure } from './draw.ts';
