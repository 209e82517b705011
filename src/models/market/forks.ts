/** Forks of a run: its world at some moment, with one thing changed, on the same luck. */
import type { Change, Rules } from '../../sim/forks/changes/change.ts';
import type { Differences } from '../../sim/forks/forking.ts';
import { goOnUnder } from '../../sim/forks/forking.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { ChangeSettings } from '../../sim/forks/changes/change.ts';
import type { MarketExperiment } from './file/compile.ts';
import { rulesOf, scenarioUnder } from './file/compile.ts';
import { compileChange } from './file/counterfactuals.ts';

export class Forks {
  readonly #after: MarketExperiment;
  readonly #isOther: boolean;
  readonly #shock: number;
  readonly #own: Rules;
  readonly #simulation: Simulation;
  /** Worlds under other rules, each made when it is first needed. */
  readonly #others = new Map<Change, Simulation>();

  /**
   * `simulation`: of the cell of that policy and variant of the shocks. `after`: the experiment that forks go on with, which may
   * differ in policies and in what its shocks do; left out: the same.
   */
  constructor(
    experiment: MarketExperiment,
    policy: string,
    shock: number,
    simulation: Simulation,
    after = experiment,
  ) {
    this.#after = after;
    this.#isOther = after !== experiment;
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
    if (rules !== this.#own || this.#isOther) {
      world = this.#under(change, rules);
      goOnUnder(world, base, differences(this.#own, rules));
    }
    change.apply?.(world);
    return world;
  }

  #under(change: Change, rules: Rules): Simulation {
    let world = this.#others.get(change);
    if (world === undefined) {
      world = new Simulation(scenarioUnder(this.#after, rules, this.#shock));
      this.#others.set(change, world);
    }
    return world;
  }
}

/** All changes as one, in their order: their rules first, then what they do at the fork. */
export function joinedChange(parts: readonly Change[]): Change {
  const ruled = parts.flatMap(({ rules }) => rules ?? []);
  return {
    title: parts.map(({ title }) => title).join(', '),
    ...(ruled.length > 0 && { rules: (own) => ruled.reduce((rules, apply) => apply(rules), own) }),
    apply(simulation) {
      for (const { apply } of parts) apply?.(simulation);
    },
  };
}

/**
 * What is written as a change; `after`: the experiment that the fork goes on with, whose policy of that name is then in force.
 * Throws ConfigError.
 */
export function writtenChange(
  experiment: MarketExperiment,
  policy: string,
  changes: readonly ChangeSettings[],
  after = experiment,
): Change {
  const parts = changes.map((written) => compileChange(after, written));
  if (after !== experiment) {
    const rules = rulesOf(after, policy);
    parts.unshift({ title: 'other settings', rules: () => rules });
  }
  return joinedChange(parts);
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
