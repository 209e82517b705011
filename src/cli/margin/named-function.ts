/** What a named function gives: a number, several by name, or undefined where there is none. */
import type { Exact } from '../../published/formulas/exact.ts';
import type { Sheet } from '../../published/formulas/sheet.ts';
import type { Fields } from './fields.ts';

export type Outcome = Exact | undefined | Readonly<Record<string, Exact | undefined>>;

/** A function that `unwind margin` computes by name; its working goes on the sheet. */
export interface NamedFunction {
  /** Fields that it reads; others are refused. */
  readonly fields: readonly string[];
  /** Throws ConfigError with the field that is wrong. */
  readonly compute: (fields: Fields, sheet: Sheet) => Outcome;
}

export type NamedFunctions = Readonly<Record<string, NamedFunction>>;
