/**
 * Room for runs: pools have a size from the start, and a run that finds one too small is made anew from its beginning with
 * twice as many rows. Nothing that a run gives depends on the sizes of pools, so it comes out as if there had been room all
 * along; no run is lost because much happened in it.
 */
import { CapacityError } from '../core/errors.ts';

export class Room<E> {
  readonly experiment: E;
  /** The experiment with the pools that were enough so far. */
  #sized: E;
  readonly #enlarge: ((experiment: E, setting: string) => E | undefined) | undefined;

  /** `enlarge`: the experiment with more rows of the pool that a setting names. */
  constructor(experiment: E, enlarge: ((experiment: E, setting: string) => E | undefined) | undefined) {
    this.experiment = experiment;
    this.#sized = experiment;
    this.#enlarge = enlarge;
  }

  /** What the attempt gives, made again as often as a pool is too small for it. Throws what else it throws. */
  make<T>(attempt: (experiment: E) => T): T {
    for (;;) {
      try {
        return attempt(this.#sized);
      } catch (error) {
        const larger = isFull(error) ? this.#enlarge?.(this.#sized, error.setting) : undefined;
        if (larger === undefined) throw error;
        this.#sized = larger;
      }
    }
  }
}

/** A proxy that a trader threw is asked for its prototype here, and may throw in turn. */
function isFull(error: unknown): error is CapacityError {
  try {
    return error instanceof CapacityError;
  } catch {
    return false;
  }
}
