/** What a margin rule or wrapper is to the audit: two formulas, and what they are made from. */
import type { Terms, Settings } from './terms.ts';

/** Of one position: unsigned lots at a mark, quanta. */
export type Formula = (instrument: number, lots: bigint, mark: bigint) => bigint;

export interface Requirement {
  readonly maintenance: Formula;
  readonly initial: Formula;
  /** Most lots in the tier so many below; 0: there is none. */
  readonly stepDown?: (instrument: number, lots: bigint, mark: bigint, tiers: number) => bigint;
}

export interface Context {
  readonly terms: Terms;
  /** Value of lots at a mark. */
  readonly value: Formula;
  /** The rule's or wrapper's own number in force. */
  readonly inForce: (instrument: number) => number;
}

export const setting = (settings: Settings, key: string): number => settings[key] as number;
