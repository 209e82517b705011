/** What a fact is: a number of what was seen of a market, and the range in which that of real ones lies. */
import type { Fact } from '../../stats/facts/block.ts';
import type { DaysFact } from '../../stats/facts/days.ts';
import type { Observed } from './observe.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface FactInfo {
  readonly name: string;
  /** What it is, with its unit. */
  readonly about: string;
  readonly range: Range;
  /** From the stretches of one run or of all; from whole runs (`days`); or else from what was seen of each run. */
  readonly of: Fact | DaysFact | ((run: Observed) => number);
  /**
   * `stretches`: pooled over all runs, with an interval in each. `mean`: of one number a run. `worst`: the run that is furthest
   * from what is wanted decides. `quarters`: of the last quarter of each run over the first; its interval over runs lies in the
   * range. `pooled`: pooled over all runs, no verdict by run (one run says too little). `days`: the same of whole runs.
   */
  readonly kind: 'stretches' | 'mean' | 'worst' | 'pooled' | 'quarters' | 'days';
  readonly format: 'number' | 'percent' | 'money';
  /** Judged time of a run below which it says nothing of it, seconds. */
  readonly least_s?: number;
}

export const range = (low: number, high: number): Range => ({ low, high });
export const least = (low: number): Range => ({ low, high: Infinity });
export const most = (high: number): Range => ({ low: -Infinity, high });
export const around = (half: number): Range => ({ low: -half, high: half });

export function isInside(value: number, { low, high }: Range): boolean {
  return value >= low && value <= high;
}
