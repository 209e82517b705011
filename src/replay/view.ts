/** What is looked at of a world: one venue, and one of its instruments. */
import type { Simulation } from '../sim/simulation.ts';
import type { Venue } from '../sim/venue/venue.ts';

export interface View {
  readonly simulation: Simulation;
  readonly venue: Venue;
  /** Number of the instrument at the venue. */
  readonly instrument: number;
}

/** Quanta in units of money. */
export function moneyOf({ simulation }: View, quanta: number): number {
  return quanta / simulation.scenario.quantaPerUnit;
}
