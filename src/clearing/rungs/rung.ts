/**
 * What a rung of a call ladder is: one way to act on an account whose equity has fallen to its maintenance margin.
 * A ladder is a list of rungs. The clearing house visits the account's present rung, carries out the decision, waits,
 * looks at the account's health again, and visits again or goes on to the next rung. An account that is healthy again
 * leaves the ladder. Rungs decide; they never touch the book or the ledger.
 */
import type { z } from 'zod';

/** What a rung is shown. Money in quanta. */
export interface Distress {
  equity: number;
  maintenance: number;
  initial: number;
  /** Times this rung has acted on the account in this episode, 0 at first. */
  visits: number;
}

/** What a rung decides; it sets what it wants to differ from `nothing`. */
export interface Decision {
  /** Money (quanta) asked of the trader; 0: nobody is asked. */
  demand: number;
  /** Share of every position to close at market, parts per million. */
  close_ppm: number;
  /** Time until the account is looked at again, µs. */
  wait_us: number;
  /** True: the next rung acts then (the last rung goes on acting). */
  next: boolean;
}

export interface Rung {
  visit(distress: Readonly<Distress>, decision: Decision): void;
}

export interface RungDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: S;
  readonly compile: (settings: z.output<S>) => Rung;
}

export function defineRung<S extends z.ZodType>(definition: RungDefinition<S>): RungDefinition {
  return definition;
}

export function clearDecision(decision: Decision): void {
  decision.demand = 0;
  decision.close_ppm = 0;
  decision.wait_us = 0;
  decision.next = false;
}
