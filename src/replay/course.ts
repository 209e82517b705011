/** One run as it goes on, event by event: up to its fork in one world, from there on it may be in another. */
import { keyOfRun } from '../core/seed.ts';
import { compileScenario } from '../models/market/file/compile.ts';
import { Forks, writtenChange } from '../models/market/forks.ts';
import { firstShock } from '../sim/scenario/scenario.ts';
import { Simulation } from '../sim/simulation.ts';
import type { Fork } from './fork.ts';
import type { Script } from './script.ts';
import { Snapshots } from './snapshots.ts';
import { turned } from './turn.ts';
import type { View } from './view.ts';

/** A moment that can be gone back to. */
export interface Saved {
  readonly time_us: number;
  readonly events: number;
  readonly isForked: boolean;
  /** Number of the saved world among those of its simulation. */
  readonly number: number;
}

export class Course {
  readonly until_us: number;
  /** Time of the shock, µs; that of the end without one. */
  readonly shock_us: number;
  /** From here on the fork goes on by itself, µs; Infinity: there is none. */
  readonly fork_us: number;
  readonly #base: Simulation;
  readonly #forkOf: ((world: Simulation) => Simulation) | undefined;
  readonly #venue: number;
  readonly #instrument: number;
  readonly #snapshots = new Map<Simulation, Snapshots>();
  /** The world of the fork, once it has been made. */
  #forked: Simulation | undefined;
  #view: View;
  #isForked = false;

  /** The run stands at its beginning. Throws ConfigError where its fork changes what is not there. */
  constructor(script: Script) {
    const { experiment, policy, shock, run, fork, venue = 0, instrument = 0 } = script;
    const scenario = compileScenario(experiment, { policy, shock });
    const first = firstShock(scenario);
    this.until_us = scenario.until_us;
    this.shock_us = first ?? scenario.until_us;
    this.fork_us = fork === undefined ? Infinity : (fork.at_us ?? (first ?? 0) - 1);
    this.#base = new Simulation(scenario);
    this.#forkOf = fork && forking(script, fork, this.#base);
    this.#venue = venue;
    this.#instrument = instrument;
    this.#view = this.#viewOf(this.#base);
    this.#base.start(keyOfRun(experiment.seed, run));
  }

  /** What is looked at: of the fork's own world once it has begun. */
  get view(): View {
    return this.#view;
  }

  get simulation(): Simulation {
    return this.#view.simulation;
  }

  /** The next event up to a time (µs); false: there is none. The fork begins when all events up to its time have happened. */
  step(until_us: number): boolean {
    const { simulation, fork_us } = this;
    if (this.#isForked) return simulation.step(until_us);
    if (simulation.step(Math.min(fork_us, until_us))) return true;
    if (until_us < fork_us) return false;
    this.#forked = this.#forkOf!(simulation);
    this.#isForked = true;
    this.#view = this.#viewOf(this.#forked);
    return this.#forked.step(until_us);
  }

  /** All events up to a time, µs. */
  run(until_us: number): void {
    while (this.step(until_us));
  }

  save(): Saved {
    const { simulation } = this;
    const { events, queue } = simulation;
    const number = this.#snapshotsOf(simulation).add((target) => simulation.save(target));
    return { time_us: queue.now, events, isForked: this.#isForked, number };
  }

  /** Goes to a moment that has been saved. */
  load({ isForked, number }: Saved): void {
    const simulation = isForked ? this.#forked! : this.#base;
    simulation.load(this.#snapshotsOf(simulation).get(number));
    this.#isForked = isForked;
    this.#view = this.#viewOf(simulation);
  }

  #snapshotsOf(simulation: Simulation): Snapshots {
    const known = this.#snapshots.get(simulation) ?? new Snapshots(simulation.bytes);
    this.#snapshots.set(simulation, known);
    return known;
  }

  #viewOf(simulation: Simulation): View {
    return { simulation, venue: simulation.venues[this.#venue]!, instrument: this.#instrument };
  }
}

/** Makes the world of the fork from that of the run. */
function forking(
  { experiment, policy, shock }: Script,
  { changes, settings }: Fork,
  base: Simulation,
): (world: Simulation) => Simulation {
  const after = settings === undefined ? experiment : turned(experiment, settings);
  const forks = new Forks(experiment, policy, shock, base, after);
  const change = writtenChange(experiment, policy, changes, after);
  return (world) => forks.fork(world.save(), change);
}
