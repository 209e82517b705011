/** What a figure is: results in, a specification out (Vega-Lite), with what a reader must know of it. One file each. */
import type { TopLevelSpec } from 'vega-lite';
import type { Sort } from '../focus.ts';
import type { Drawn, Replayed, Row, RunResults } from '../results.ts';

/** Room for a drawing: pixels of a page, 96 to the inch. */
export interface Layout {
  readonly width: number;
}

/** By itself, beside another on a page, and on a phone. */
export const WIDE: Layout = { width: 720 };
export const HALF: Layout = { width: 580 };
export const NARROW: Layout = { width: 350 };

export const isNarrow = ({ width }: Layout): boolean => width < 500;

export interface Drawing {
  /** What it shows. */
  readonly title: string;
  /** What can be read off it, in a sentence. */
  readonly shows: string;
  /** `30 runs a cell` */
  readonly runs: string;
  /** What its bars and bands are; undefined: it has none. */
  readonly bands?: string;
  readonly spec: (layout: Layout) => TopLevelSpec;
}

export interface Figure<R extends Drawn = Drawn> {
  /** Name of its file and of the option: lower case, digits and hyphens. */
  readonly id: string;
  /** Of which results it may be. */
  readonly of: Sort;
  /** What it asks the tables; undefined: what the manifest says is enough. */
  readonly question?: Question;
  /** undefined: the results have nothing of the kind. `rows`: the answer; empty without a question, or without tables. */
  draw(results: R, rows: readonly Row[]): Drawing | undefined;
}

export type RunFigure = Figure<RunResults>;
export type ReplayedFigure = Figure<Replayed>;

export interface Question {
  /** Tables that it is asked of; without one of them there is no figure. */
  readonly tables: readonly string[];
  readonly sql: string;
}
