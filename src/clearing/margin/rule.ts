/**
 * What a margin rule is: how much equity a position must have. Rules are pure functions of position and mark (and of
 * numbers of their own that change only in `update`), so any rule works with any call ladder.
 *
 * Requirements are money in quanta, rounded up, so that no account passes by a fraction of a quantum. Rates are
 * integer parts per million of notional, so that rate × notional is exact.
 */
import type { ContractTerms } from '../../contracts/contract.ts';
import { notionalBy } from '../../contracts/contracts.ts';
import type { z } from 'zod';
import type { MarketView } from './market-view.ts';
import type { Schedule } from './schedule.ts';

export interface MarginRule {
  /** Equity (quanta) below or at which `lots` (unsigned) of an instrument at `mark` (ticks) are called. */
  maintenance(instrument: number, lots: number, mark: number): number;
  /** Equity (quanta) needed to open that position. Never less than maintenance. */
  initial(instrument: number, lots: number, mark: number): number;
  /** Most lots that fit into the tier which is `tiers` below that of `lots`; 0 if there is no such tier. */
  readonly stepDown?: (instrument: number, lots: number, mark: number, tiers: number) => number;
  /** Most lots of a position that orders may lead to (a position limit); without: as many as margin carries. */
  readonly positionLimit?: (instrument: number, mark: number) => number;
  /**
   * Maintenance of a small position as a share of its notional, ppm, by the numbers computed last, which may not be in
   * force yet: what wrappers with a memory look at.
   */
  rate(instrument: number): number;
  /**
   * If given, called with the latest mark every `interval_us` of simulated time, and whenever the schedule asks for it;
   * `elapsed_us` > 0 since the call before, one interval if left out. True if the requirements computed have changed.
   */
  readonly update?: (instrument: number, mark: number, elapsed_us?: number) => boolean;
  /** Time between updates, µs; needed with `update`. */
  readonly interval_us?: number;
  /** Sets the rule's numbers for a new run. */
  readonly reset?: (instrument: number, mark: number) => void;
  /** When what was computed is announced and takes effect; if left out, at once. */
  readonly schedule?: Schedule;
}

/** What a policy's margin is compiled with. */
export interface MarginContext {
  readonly instruments: readonly MarginInstrument[];
  /** Quanta in one unit of money, an integer. */
  readonly quantaPerUnit: number;
  /** The margin's own numbers, `marginSlots` per instrument: a column of the world. */
  readonly state: Float64Array;
  /** Content of a data file named in the settings. */
  readonly data: (file: string) => unknown;
  /** What rules may see of the market; a market without orders and positions if left out. */
  readonly market?: MarketView;
}

export interface MarginInstrument {
  readonly name: string;
  readonly contract: ContractTerms;
  /** Units of the base (coins) in one lot; 1 if left out. */
  readonly lot?: number;
}

/** What one rule or wrapper is compiled with. */
export interface RuleContext extends Omit<MarginContext, 'state'> {
  /** The rule's memory: `slots` numbers per instrument. */
  readonly state: Float64Array;
  /** The numbers that requirements follow from, `terms` per instrument: those computed last. Updates write them … */
  readonly computed: Float64Array;
  /** … and those in force, which `maintenance` and `initial` read. The same array unless there is a schedule. */
  readonly inForce: Float64Array;
  readonly market: MarketView;
}

type Settled<S extends z.ZodType, T> = T | ((settings: z.output<S>) => T);

/** What rules and wrappers say of themselves. */
interface Declared<S extends z.ZodType> {
  readonly name: string;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: S;
  /** `unwind verify` takes what it does from the record, and says so: it knows no formula of it. */
  readonly audited?: false;
  /** Numbers of memory for each instrument. */
  readonly slots?: Settled<S, number>;
  /** Numbers for each instrument that change in time and that requirements follow from. */
  readonly terms?: number;
  /** Data files that the settings name. */
  readonly files?: (settings: z.output<S>) => readonly FileReference[];
}

export interface MarginRuleDefinition<S extends z.ZodType = z.ZodType> extends Declared<S> {
  readonly compile: (settings: z.output<S>, context: RuleContext) => MarginRule;
}

/** A wrapper changes the requirement of whatever rule it is put round. */
export interface MarginWrapperDefinition<S extends z.ZodType = z.ZodType> extends Declared<S> {
  readonly compile: (settings: z.output<S>, context: RuleContext, inner: MarginRule) => MarginRule;
}

export interface FileReference {
  readonly file: string;
  /** What it must hold: a table of margin tiers, or a series of prices. */
  readonly kind: 'tiers' | 'prices';
  /** The setting that names it. */
  readonly key: string;
  /** Of prices: the time that the settings take for the one between them, µs; left out where it does not matter. */
  readonly step_us?: number;
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

export const PPM = 1_000_000;

/** Multipliers are ppm, too; no larger than this, so that `shareOf` stays exact below 2⁵³ / 1,000. */
export const MOST_SCALE_PPM = 1000 * PPM;

/** Money to be rated: the value of lots at a mark, quanta. */
export type Notional = (instrument: number, lots: number, mark: number) => number;

export function notionalOf(instruments: readonly MarginInstrument[]): Notional {
  return notionalBy(instruments.map(({ contract }) => contract));
}

/** A rate as integer parts per million, rounded up. (The small amount forgives a rate's own binary rounding.) */
export function ratePpm(rate: number): number {
  return Math.ceil(rate * PPM - 1e-6) + 0; // + 0: the rate 0 is 0, not -0
}

/** The same, at most the whole notional. */
export function cappedPpm(rate: number): number {
  const ppm = ratePpm(rate);
  return ppm < PPM ? ppm : PPM;
}

/** A product below it has a quotient by PPM that is rounded by less than it is away from a whole number, if it is none. */
const EXACT_QUOTIENT = (Number.MAX_SAFE_INTEGER + 1) / 2; // 2⁵²

/**
 * ⌈notional · ppm / 10⁶⌉, exactly (ppm may be negative: a rebate). Where the product is too large for one division,
 * notional = h·10⁶ + l, so the result is h·ppm + ⌈l·ppm / 10⁶⌉, each an integer below 2⁵³ for |ppm| ≤ 9·10⁹ and a
 * result < 2⁵³.
 */
export function shareOf(notional: number, ppm: number): number {
  if (ppm === 0) return 0;
  const product = notional * ppm;
  if (product < EXACT_QUOTIENT && product > -EXACT_QUOTIENT) return Math.ceil(product / PPM);
  const high = Math.floor(notional / PPM);
  return high * ppm + Math.ceil(((notional - high * PPM) * ppm) / PPM);
}

/** `level_ppm` of a requirement, quanta, rounded up. */
export function atLevel(requirement: number, level_ppm: number): number {
  return level_ppm === PPM ? requirement : shareOf(requirement, level_ppm);
}

/**
 * A requirement multiplied by ppm / 10⁶, rounded up, but never more than the whole position where the requirement itself
 * is not.
 */
export function scaled(required: number, ppm: number, notional: number): number {
  return atMostWhole(shareOf(required, ppm), required, notional);
}

/** What a requirement was changed to, but never more than the whole position where the requirement itself is not. */
export function atMostWhole(changed: number, required: number, notional: number): number {
  const most = required > notional ? required : notional;
  return changed < most ? changed : most;
}
