/** Forks of a run: its world at some moment, with one thing changed, on the same luck. */
import type { Change, Rules } from '../../sim/forks/changes/change.ts';
import type { Differences } from '../../sim/forks/forking.ts';
import { goOnUnder } from '../../sim/forks/forking.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketExperiment } from './file/compile.ts';
import { rulesOf, scenarioUnder } from './file/compile.ts';

export class Forks {
  readonly #experiment: MarketExperiment;
  readonly #shock: number;
  readonly #own: Rules;
  readonly #simulation: Simulation;
  /** Worlds under other rules, each made when it is first needed. */
  readonly #others = new Map<Change, Simulation>();

  /** `simulation`: of the cell of that policy and variant of the shocks. */
  constructor(experiment: MarketExperiment, policy: string, shock: number, simulation: Simulation) {
    this.#experiment = experiment;
    this.#shock = shock;
    this.#own = rulesOf(experiment, policy);
    this.#simulation = simulation;
  }

  /** The world of a snapshot with the change made. It may be the run's own one, and is good until the next fork. */
  fork(snapshot: Uint8Array, change: Change): Simulation {
    const base = this.#simulation;
    base.load(snapshot);
    const rules = change.rules?.(this.#own) ?? this.#own;
    let world = base;
    if (rules !== this.#own) {
      world = this.#under(change, rules);
      goOnUnder(world, base, differences(this.#own, rules));
    }
    change.apply?.(world);
    return world;
  }

  #under(change: Change, rules: Rules): Simulation {
    let world = this.#others.get(change);
    if (world === undefined) {
      world = new Simulation(scenarioUnder(this.#experiment, rules, this.#shock));
      this.#others.set(change, world);
    }
    return world;
  }
}

/** By venue. */
function differences(before: Rules, after: Rules): Differences[] {
  return before.map(({ policy: a }, v) => {
    const { policy: b } = after[v]!;
    const differ = (key: 'margin' | 'ladder' | 'waterfall'): boolean =>
      JSON.stringify(a[key]) !== JSON.stringify(b[key]);
    return { margin: differ('margin'), ladder: differ('ladder'), waterfall: differ('waterfall') };
  });
}
