/**
 * What a validation is: an exact or published result, and the experiment that must reproduce it through the engine.
 */
import type { Estimate } from '../stats/estimate.ts';

export interface ValidationOptions {
  /** Further settings for its experiments (path=value); targets are those of the settings in force. */
  readonly sets: readonly string[];
  readonly workers: number;
  /** Told of each batch of runs: what is run, how many are done, of how many. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

export interface Check {
  readonly what: string;
  readonly target: number;
  readonly value: number;
  /** Of the value; NaN where there is none (an identity, a count). */
  readonly standard_error: number;
  /** 95 % interval of the value, where the verdict is about a share. */
  readonly interval?: Estimate;
  /** Largest distance from the target that counts as a reproduction; NaN where the value may be any that is at least the target. */
  readonly tolerance: number;
  readonly holds: boolean;
}

export interface Validation {
  readonly name: string;
  readonly about: string;
  run(options: ValidationOptions): Promise<readonly Check[]>;
}

/** A check that holds when the value is within the tolerance of the target. */
export function check(
  what: string,
  target: number,
  value: number,
  standard_error: number,
  tolerance: number,
): Check {
  return { what, target, value, standard_error, tolerance, holds: Math.abs(value - target) <= tolerance };
}

/** A check that holds when the value is at least the target. */
export function checkAtLeast(what: string, target: number, value: number): Check {
  return { what, target, value, standard_error: NaN, tolerance: NaN, holds: value >= target };
}
