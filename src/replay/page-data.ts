/** What a page is made for: put into its text by whoever makes it, and read by the page. Plain data. */
import type { ChangeSettings } from '../sim/forks/changes/change.ts';
import { OUTCOME_COLUMNS } from './outcome-columns.ts';

/** Columns of a recorded run: policy and shock by number, its number, and what it came to. */
export const RECORDED = ['policy', 'shock', 'run', ...OUTCOME_COLUMNS] as const;

/** One instrument at one venue. */
export interface Book {
  /** `BTCUSDT`, or `thin: BTCUSDT` where there are several venues. */
  readonly label: string;
  readonly venue: number;
  readonly instrument: number;
  readonly tick: string;
  readonly lot: string;
  /** Unit of its sizes. */
  readonly base: string;
}

/** Something that a fork may change. */
export interface PageChange {
  /** `engine=off`: as in an address, and on a command line. */
  readonly text: string;
  readonly title: string;
  readonly change: ChangeSettings;
}

export interface PageData {
  readonly title: string;
  readonly question: string;
  /** `replay`: one run, looked at. `laboratory`: two worlds, of which one is turned. */
  readonly kind: 'replay' | 'laboratory';
  /** The experiment, as wire text. */
  readonly experiment: string;
  readonly money: string;
  /** All books of all venues. */
  readonly books: readonly Book[];
  readonly policies: readonly string[];
  readonly shocks: readonly string[];
  readonly ladders: readonly string[];
  readonly changes: readonly PageChange[];
  /** Runs that may be chosen: 0 to one less. */
  readonly runs: number;
  readonly seed: string;
  readonly start: { readonly policy: string; readonly shock: number; readonly run: number };
  /** What the results folder says of its runs, in the order of the columns of RECORDED; none without a folder. */
  readonly recorded: readonly (readonly number[])[];
  /** Of the results; '' where there are none yet. */
  readonly folder: string;
  /** Command that made the page, and version of unwind. */
  readonly command: string;
  readonly unwind: string;
}
