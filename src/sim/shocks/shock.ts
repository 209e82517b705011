/**
 * What a shock is: something done to the market from outside, at a time, in one or more steps. Shocks are data: their
 * settings and the step number decide what they do, so that a fork of the world repeats them.
 */
import type { z } from 'zod';

/** What a shock can do. */
export interface ShockActions {
  /** Price of the instrument when the first shock began, ticks. */
  reference(instrument: number): number;
  /** What a lot is worth at a price in ticks, quanta. */
  lotValue(instrument: number, price: number): number;
  /** Market order in the shock's own account; negative lots sell. */
  trade(instrument: number, lots: number): void;
  /** Multiplies the price on other venues (the fundamental value) by 1 + change. */
  jump(instrument: number, change: number): void;
  /** Agents of a kind cancel their orders and sleep for a time, µs. */
  suspend(kind: string, duration_us: number): void;
}

export interface Shock {
  /** When the first step is made, µs. */
  readonly at_us: number;
  /** Makes a step; returns the delay to the next one in µs, or -1 after the last. */
  step(step: number, actions: ShockActions): number;
}

interface ShockContext {
  readonly quantaPerUnit: number;
  /** Instrument's number by name (undefined: the first). */
  readonly instrument: (name: string | undefined) => number;
}

export interface ShockDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly about: string;
  readonly settings: S;
  /** What results call it, in a line: `sale of 60 M USDT in 30 s`. Left out by shocks from outside: its settings, one after the other. */
  readonly title?: (settings: z.output<S>, money: string) => string;
  readonly compile: (settings: z.output<S>, context: ShockContext) => Shock;
}

export function defineShock<S extends z.ZodType>(definition: ShockDefinition<S>): ShockDefinition {
  return definition;
}
