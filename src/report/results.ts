/** What reports and figures are made of: results as a folder holds them, read and checked by others. Plain data. */
import type { CalibrateResult } from '../design/calibrate/calibrate.ts';
import type { MarketsResult } from '../design/markets/markets.ts';
import type { SensitivityResult } from '../design/sensitivity/sensitivity.ts';
import type { TuneResult } from '../design/tune/tune.ts';
import type { Origin, Timing } from '../lab/store/origin.ts';
import type { Manifest } from '../lab/store/manifest.ts';
import type { Comparison } from '../models/compare/index.ts';
import type { Portrait } from '../replay/portrait.ts';

interface Common {
  /** As it stands in commands: a path. */
  readonly folder: string;
  readonly origin: Origin;
  readonly timing: Timing;
  /** Unit of money; `money` where the results do not say. */
  readonly money: string;
  /** What was assumed; empty where the folder has no experiment. */
  readonly assumptions: readonly Assumption[];
}

/** One point of what was assumed, and of where its numbers come from. */
export interface Assumption {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface RunResults extends Common {
  readonly kind: 'run';
  readonly manifest: Manifest;
  /** Names of the venues, of several: a policy at one of them is `binance at A`; none where there is one alone. */
  readonly venues: readonly string[];
  /** Rungs of each policy's call ladder, the first one first; none where nobody knows. */
  readonly ladders: Readonly<Record<string, readonly string[]>>;
  /** What counts as a cascade, as the experiment says it. */
  readonly cascade: string | undefined;
  /** Of every two policies, where it was made. */
  readonly comparison: Comparison | undefined;
}

export interface SensitivityResults extends Common {
  readonly kind: 'sensitivity';
  readonly result: SensitivityResult;
}

export interface TuneResults extends Common {
  readonly kind: 'tune';
  readonly result: TuneResult;
}

export interface CalibrateResults extends Common {
  readonly kind: 'calibrate';
  readonly result: CalibrateResult;
}

/** Of policies compared on many plausible markets. */
export interface MarketsResults extends Common {
  readonly kind: 'markets';
  readonly result: MarketsResult;
}

export type Results = RunResults | SensitivityResults | TuneResults | CalibrateResults | MarketsResults;

/** One run of a folder, made again for figures of its own. */
export interface Replayed {
  readonly kind: 'replayed';
  readonly folder: string;
  readonly run: number;
  readonly policy: string;
  /** Its title. */
  readonly shock: string;
  /** `BTCUSDT`; `thin: BTCUSDT` where there are several venues. */
  readonly book: string;
  readonly seed: string;
  /** Unit of money. */
  readonly money: string;
  readonly portrait: Portrait;
}

/** What figures may be of. */
export type Drawn = Results | Replayed;

/** A row of what a figure asks the tables: a value a column of the question. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;
