/**
 * What is measured of a run of the market: one file a measure, in measures/. It says which columns of the table `runs`
 * it fills, when it looks, and what the results report of its columns.
 */
import type { Estimate } from '../../stats/estimate.ts';
import type { ColumnInfo, RunColumns } from '../model.ts';
import type { MarketRun } from './market-run.ts';

/** Estimates by the name that reports and `--json` know them by. */
export type Metrics = Readonly<Record<string, Estimate>>;

export interface Measure {
  readonly columns: readonly ColumnInfo[];
  /** Just before the first shock. */
  atShock?(run: MarketRun): void;
  /** Every second from there on, the end included. */
  sample?(run: MarketRun): void;
  /** When the run is over. */
  atEnd?(run: MarketRun): void;
  /** Every second of its twin, the end included. */
  sampleTwin?(run: MarketRun): void;
  /** When its twin is over, which was run from the shock on with the liquidation engine off. */
  atTwinEnd?(run: MarketRun): void;
  /** Estimates from the runs of a cell. */
  metrics(runs: RunColumns): Metrics;
  /** What results report of the runs of a cell beside estimates: curves, tests. */
  details?(runs: RunColumns): Readonly<Record<string, unknown>>;
  /** Paired differences, the first cell less the second on the same seeds. */
  differences?(a: RunColumns, b: RunColumns): Metrics;
}

/** A measure that comes from outside: experiments name it. */
export interface NamedMeasure extends Measure {
  readonly name: string;
  /** One sentence that says what it measures. */
  readonly about: string;
}

/** Declares a measure that experiments can name; none of its columns may have the name of another. */
export function defineMeasure(definition: NamedMeasure): NamedMeasure {
  return definition;
}
