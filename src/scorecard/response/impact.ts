/**
 * How far purchases and sales move a market that has run for a while: each programme begins in a copy of the same state, so
 * that a purchase and a sale of one size have had the same luck until then, and the market need not run up to it again.
 */
import { SECOND } from '../../core/units.ts';
import { touchOf } from '../../sim/observe/book-depth.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Shock } from '../../sim/shocks/shock.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { LATER_S, OVER_S, programme, SIZES_M, SPLIT_M } from './treatments.ts';

/** Shares of the price, half of what lies between a purchase and a sale. */
export interface Impacts {
  /** By size, at the end of the programme. */
  readonly end: readonly number[];
  /** Of `SPLIT_M`, two minutes later. */
  readonly later: number;
}

/** A scenario whose market can be probed at a time, which its run has not passed. */
export class ImpactProbe {
  readonly scenario: Scenario;
  readonly #at_us: number;
  #programme: Shock | undefined;
  #state: Uint8Array | undefined;

  /** `at_s`: when programmes begin; the scenario's own shocks are left out. */
  constructor(scenario: Scenario, at_s: number) {
    // Just after what happens at the time itself.
    this.#at_us = at_s * SECOND + 1;
    const shock: Shock = {
      at_us: this.#at_us,
      step: (step, actions) => this.#programme?.step(step, actions) ?? -1,
    };
    this.scenario = { ...scenario, shocks: [shock] };
  }

  /** Of a simulation of `scenario` that has run to the time. It is left at some later one. */
  measure(simulation: Simulation): Impacts {
    this.#state = simulation.save(this.#state);
    const times = (millions: number): number[] => (millions === SPLIT_M ? [OVER_S, LATER_S] : [OVER_S]);
    const all = SIZES_M.map((millions) => this.#moved(simulation, millions, times(millions)));
    return { end: all.map(([end]) => end!), later: all[SIZES_M.indexOf(SPLIT_M)]![1]! };
  }

  #moved(simulation: Simulation, millions: number, times_s: readonly number[]): number[] {
    const [bought, sold] = [1, -1].map((side) => {
      this.#programme = programme(side * millions, 1, this.scenario.quantaPerUnit);
      simulation.load(this.#state!);
      return times_s.map((time) => {
        simulation.run(this.#at_us + time * SECOND);
        return touchOf(simulation.venues[0]!, 0).middle;
      });
    });
    simulation.assertConserved();
    return times_s.map((_, i) => (bought![i]! - sold![i]!) / (bought![i]! + sold![i]!));
  }
}

/** Means over lucks. */
export function meanImpacts(all: readonly Impacts[]): Impacts {
  const mean = (of: (one: Impacts) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return { end: SIZES_M.map((_, i) => mean(({ end }) => end[i]!)), later: mean(({ later }) => later) };
}
