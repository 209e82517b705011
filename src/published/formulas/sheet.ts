/**
 * A sheet of working: the symbols known so far, and, if asked for, each step as a line that a person can check,
 * `MM = N·MMR − cum = 1000·0.05 − 0 = 50: maintenance margin`.
 */
import type { Exact } from './exact.ts';
import type { Formula } from './formula.ts';
import { sign } from './formula.ts';

export class Sheet {
  /** The steps, in order; undefined unless they were asked for. Numbers are shown with 12 digits. */
  readonly lines: string[] | undefined;
  private readonly values: Record<string, Exact> = {};

  constructor(explain = false) {
    this.lines = explain ? [] : undefined;
  }

  /** A number that is not computed here. */
  given(symbol: string, value: Exact, meaning: string): void {
    this.values[symbol] = value;
    this.lines?.push(`${symbol} = ${sign(value)}: ${meaning}`);
  }

  /** Computes the formula from the symbols on the sheet and writes the result under its own symbol. */
  work(formula: Formula): Exact {
    const value = formula.evaluate(this.values);
    this.lines?.push(
      `${formula.symbol} = ${formula.text} = ${formula.withNumbers(this.values)} = ${sign(value)}: ${formula.meaning}`,
    );
    this.values[formula.symbol] = value;
    return value;
  }

  /** A remark between the steps. */
  note(text: () => string): void {
    this.lines?.push(text());
  }

  /** The value of a symbol that is on the sheet. */
  value(symbol: string): Exact {
    return this.values[symbol]!;
  }
}
