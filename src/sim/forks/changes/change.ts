/**
 * What a change is: the one thing in which a fork differs from its run. It may put other rules in force, or do something
 * to the world at the moment of the fork, or both; everything else goes on with the same luck.
 */
import type { z } from 'zod';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import type { Latency } from '../../scenario/scenario.ts';
import type { Simulation } from '../../simulation.ts';
import type { TradingRules } from '../../terms/trading-rules.ts';

/** A change as it is written; plain data. */
export type ChangeSettings = Readonly<Record<string, unknown>>;

/** What a policy decides, by venue: it may be another one from a fork on. */
export type Rules = readonly VenueRules[];

/** … at one venue. */
export interface VenueRules {
  readonly policy: PolicySettings;
  /** By instrument. */
  readonly trading: readonly TradingRules[];
  readonly latency: Latency;
}

export interface Change {
  /** In words: `without market-maker`. */
  readonly title: string;
  /** Rules from the fork on, given those before it; left out (or the same object): these. */
  readonly rules?: (own: Rules) => Rules;
  /** What is done at the fork. */
  readonly apply?: (simulation: Simulation) => void;
}

export interface ChangeContext {
  readonly quantaPerUnit: number;
  /** Unit of money, for titles. */
  readonly money: string;
  /** Names of the kinds of trader in the population. */
  readonly kinds: readonly string[];
  /** Names of the parameters of one of them. */
  readonly paramsOf: (kind: string) => readonly string[];
  readonly accounts: number;
  /** All policies of the experiment, by name. */
  readonly policies: ReadonlyMap<string, Rules>;
}

export interface ChangeDefinition<S extends z.ZodObject = z.ZodObject> {
  /** The key of its settings that no other change has. */
  readonly name: string;
  /** One sentence that says its convention. */
  readonly about: string;
  readonly settings: S;
  /** Throws ConfigError, its path from the settings. */
  readonly compile: (settings: z.output<S>, context: ChangeContext) => Change;
}

export function defineChange<S extends z.ZodObject>(definition: ChangeDefinition<S>): ChangeDefinition {
  return definition;
}
