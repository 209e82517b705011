/**
 * What a score is: a number that says how far a market has gone since the first shock began (since the start, without one).
 * Rare events are told by it (`event: drawdown >= 5 %`), and splitting climbs it level by level. A score is one file.
 */
import type { Venue } from '../../venue/venue.ts';

export interface Score {
  readonly name: string;
  /** One sentence that says what it measures. */
  readonly about: string;
  /** Numbers that it keeps from the beginning: one, or one an instrument. */
  readonly keeps: (instruments: number) => number;
  /** Just before the first shock: notes what it compares with, in `kept`. */
  readonly begin: (venue: Venue, kept: Float64Array) => void;
  /** A share, 0 or more. Called after many steps of the world: it should be quick. */
  readonly now: (venue: Venue, kept: Float64Array) => number;
}

/** Declares a score. */
export function defineScore(definition: Score): Score {
  return definition;
}
