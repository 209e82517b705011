/** A market that something is done to, beside itself on the same luck without it. */
import { expandSeed } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import { BUY, SELL } from '../../market/book.ts';
import { depthWithin, touchOf } from '../../sim/observe/book-depth.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Shock } from '../../sim/shocks/shock.ts';
import { Simulation } from '../../sim/simulation.ts';

/** When something is done: the market has found its feet by then. */
export const START_S = 60;

/** What depth is counted within, of the middle just before. */
const WITHIN = 0.01;

/** The first instrument as it was at the times of looking. */
export interface Seen {
  /** Ticks. */
  readonly middle: Float64Array;
  readonly spread: Float64Array;
  readonly index: Float64Array;
  /** Value within 1 % of the middle just before the start, quanta: bids, asks. */
  readonly depth: readonly [Float64Array, Float64Array];
}

/** A market under one treatment (undefined: none), ready to be run many times. */
export class Treatment {
  readonly #simulation: Simulation;
  readonly #looks_us: readonly number[];

  /** `looks_s`: times after the start at which it is looked at, rising; at one of 0 what is done at once has been done. */
  constructor(scenario: Scenario, shock: Shock | undefined, looks_s: readonly number[]) {
    this.#simulation = new Simulation({ ...scenario, shocks: shock === undefined ? [] : [shock] });
    this.#looks_us = looks_s.map((time) => Math.round((START_S + time) * SECOND));
  }

  run(seed: string): Seen {
    const simulation = this.#simulation;
    simulation.start(expandSeed(seed));
    simulation.run(START_S * SECOND - 1);
    const venue = simulation.venues[0]!;
    const before = touchOf(venue, 0).middle;
    const column = (): Float64Array => new Float64Array(this.#looks_us.length);
    const seen = {
      middle: column(),
      spread: column(),
      index: column(),
      depth: [column(), column()] as const,
    };
    this.#looks_us.forEach((time, i) => {
      simulation.run(time);
      const { middle, spread } = touchOf(venue, 0);
      seen.middle[i] = middle;
      seen.spread[i] = spread;
      seen.index[i] = venue.tables.prices.index[0]!;
      for (const side of [BUY, SELL] as const)
        seen.depth[side][i] = depthWithin(venue, 0, side, before, WITHIN);
    });
    simulation.assertConserved();
    return seen;
  }
}
