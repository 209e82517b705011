/**
 * What multilevel splitting needs of a process: that it can be copied in the middle, and goes on from a copy with other
 * luck. A walk is one, and so is a world of the simulator, whose copy is one copy of its memory.
 */
import type { RunKey } from '../../core/seed.ts';

export interface ForkableProcess {
  /** Begins a trajectory; its luck follows from `key`, which is not kept. */
  start(key: RunKey): void;
  /** From here on other luck, which follows from `key`; what has been drawn so far stays. */
  branch(key: RunKey): void;
  /** Keeps the present state, its score included, under a number 0, 1, …; what was there before is lost. */
  save(slot: number): void;
  load(slot: number): void;
  /** Goes on until the score is at least `level`, or the trajectory ends; not at all if it has come there already. */
  advance(level: number): void;
  /** Highest score of the present trajectory so far; any number. It says how near the event is: the event is a level of it. */
  readonly score: number;
  /** Events that this object has simulated, in all trajectories together. */
  readonly events: number;
}
