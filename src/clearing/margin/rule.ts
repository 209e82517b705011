/**
 * What a margin rule is: how much equity a position must have. Rules are pure functions of position and mark (and of
 * numbers of their own that change only in `update`), so any rule works with any call ladder.
 *
 * Requirements are money in quanta, rounded up, so that no account passes by a fraction of a quantum. Rates are
 * integer parts per million of notional, so that rate × notional is exact.
 */
import type { z } from 'zod';

export interface MarginRule {
  /** Equity (quanta) below or at which `lots` (unsigned) of an instrument at `mark` (ticks) are called. */
  maintenance(instrument: number, lots: number, mark: number): number;
  /** Equity (quanta) needed to open that position. Never less than maintenance. */
  initial(instrument: number, lots: number, mark: number): number;
  /** If given, called every `interval_us` of simulated time with the latest marks; true if requirements changed. */
  readonly update?: (instrument: number, mark: number) => boolean;
  /** Time between updates, µs; needed with `update`. */
  readonly interval_us?: number;
  /** Sets the rule's numbers for a new run. */
  readonly reset?: (instrument: number, mark: number) => void;
}

/** What a rule is compiled with. */
export interface MarginContext {
  readonly instruments: readonly { readonly name: string; readonly tickLot: number }[];
  /** Quanta in one unit of money, an integer. */
  readonly quantaPerUnit: number;
  /** The rule's own numbers: `slots` per instrument, a column of the world. */
  readonly state: Float64Array;
  /** Content of a data file named in the settings. */
  readonly data: (file: string) => unknown;
}

export interface MarginRuleDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: S;
  /** Numbers that the rule keeps for each instrument. */
  readonly slots?: number;
  /** Data files that the settings name. */
  readonly files?: (settings: z.output<S>) => readonly FileReference[];
  readonly compile: (settings: z.output<S>, context: MarginContext) => MarginRule;
}

/** A wrapper changes the requirement of whatever rule it is put round. */
export interface MarginWrapperDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly about: string;
  readonly settings: S;
  readonly slots?: number;
  readonly files?: (settings: z.output<S>) => readonly FileReference[];
  readonly compile: (settings: z.output<S>, context: MarginContext, inner: MarginRule) => MarginRule;
}

export interface FileReference {
  readonly file: string;
  /** What it must hold: a table of margin tiers, or a series of prices. */
  readonly kind: 'tiers' | 'prices';
  /** The setting that names it. */
  readonly key: string;
}

export function defineMarginRule<S extends z.ZodType>(
  definition: MarginRuleDefinition<S>,
): MarginRuleDefinition {
  return definition;
}

export function defineMarginWrapper<S extends z.ZodType>(
  definition: MarginWrapperDefinition<S>,
): MarginWrapperDefinition {
  return definition;
}

const PPM = 1_000_000;

/** A rate as integer parts per million, rounded up. (The small amount forgives a rate's own binary rounding.) */
export function ratePpm(rate: number): number {
  return Math.ceil(rate * PPM - 1e-6) + 0; // + 0: the rate 0 is 0, not -0
}

/**
 * ⌈notional · ppm / 10⁶⌉, exactly (ppm may be negative: a rebate): notional = h·10⁶ + l, so the result is h·ppm + ⌈l·ppm / 10⁶⌉, each an integer
 * below 2⁵³ for notional < 2⁵³ and |ppm| ≤ 10⁶.
 */
export function shareOf(notional: number, ppm: number): number {
  if (ppm === 0) return 0;
  const high = Math.floor(notional / PPM);
  return high * ppm + Math.ceil(((notional - high * PPM) * ppm) / PPM);
}
