/** How a world came about: from the start of a run, or by a fork of another one; enough to make it again. */
import { keyOfRun } from '../core/seed.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import { compileScenario, rulesOf } from '../models/experiment.ts';
import { Forks, writtenChange } from '../models/market/forks.ts';
import type { ChangeSettings } from '../sim/forks/changes/change.ts';
import { Simulation } from '../sim/simulation.ts';

/** A moment between two events. */
export interface Instant {
  readonly events: number;
  readonly time_us: number;
}

export interface Past {
  readonly policy: string;
  /** Number of the shock's variant. */
  readonly shock: number;
  readonly run: number;
  /** Left out: it is the run itself. */
  readonly fork?: Forking;
}

interface Forking extends Instant {
  readonly of: Past;
  readonly changes: readonly ChangeSettings[];
}

/** A world, and the experiment with the rules that are in force there in the place of its policy's. */
export interface Made {
  readonly simulation: Simulation;
  readonly experiment: MarketExperiment;
}

/** A world of its own at its start: that of the run, or of the fork. Throws ConfigError where a change is none. */
export function worldAfter(experiment: MarketExperiment, past: Past): Made {
  const { policy, shock, run, fork } = past;
  if (fork === undefined) {
    const simulation = new Simulation(compileScenario(experiment, { policy, shock }));
    simulation.start(keyOfRun(experiment.seed, run));
    return { simulation, experiment };
  }
  const before = worldAfter(experiment, fork.of);
  goTo(before.simulation, fork);
  return forkOf(experiment, past, before.experiment, before.simulation.save());
}

/** The fork of a world: `own` and `bytes` are the experiment and the state there. `experiment`: whose policies changes name. */
export function forkOf(
  experiment: MarketExperiment,
  { policy, shock, fork }: Past,
  own: MarketExperiment,
  bytes: Uint8Array,
): Made {
  const change = writtenChange(experiment, policy, fork!.changes);
  const rules = rulesOf(own, policy);
  const after = change.rules?.(rules) ?? rules;
  const base = new Simulation(compileScenario(own, { policy, shock }));
  const simulation = new Forks(own, policy, shock, base).fork(bytes, change);
  return { simulation, experiment: { ...own, policies: { ...own.policies, [policy]: after } } };
}

/** Goes on to a moment that lies ahead. */
export function goTo(simulation: Simulation, { events, time_us }: Instant): void {
  while (simulation.events < events && simulation.step(time_us));
  // Others of the same time may be left, of which the moment was before.
  if (simulation.queue.now < time_us) simulation.run(time_us);
}
