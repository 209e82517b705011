/** What is played: one run of an experiment under one policy and shock, as plain data that a page can be sent. */
import { CapacityError } from '../core/errors.ts';
import { keyOfRun } from '../core/seed.ts';
import type { MarketExperiment } from '../models/market/file/compile.ts';
import { compileScenario } from '../models/market/file/compile.ts';
import { withLargerPool } from '../models/market/pools.ts';
import { firstShock } from '../sim/scenario/scenario.ts';
import { Simulation } from '../sim/simulation.ts';
import type { View } from './view.ts';

export interface Script {
  readonly experiment: MarketExperiment;
  readonly policy: string;
  /** Number of the shock's variant. */
  readonly shock: number;
  /** Number of the run. */
  readonly run: number;
  /** Numbers of the venue and of its instrument that are looked at; the first if left out. */
  readonly venue?: number;
  readonly instrument?: number;
  /** Left out: the clearing house calls and liquidates. True: nobody from the shock on, as in the twin. */
  readonly engineOff?: boolean;
}

/** The world of a script at its beginning, and what begins it anew. */
export interface Stage {
  readonly simulation: Simulation;
  /** Time of the shock, µs; that of the end without one. */
  readonly shock_us: number;
  readonly until_us: number;
}

export function stageOf({ experiment, policy, shock }: Script): Stage {
  const scenario = compileScenario(experiment, { policy, shock });
  const { until_us } = scenario;
  return { simulation: new Simulation(scenario), shock_us: firstShock(scenario) ?? until_us, until_us };
}

/** What of it is looked at. */
export function viewOf({ simulation }: Stage, { venue = 0, instrument = 0 }: Script): View {
  return { simulation, venue: simulation.venues[venue]!, instrument };
}

/** Begins the run of a script in its world. */
export function begin({ simulation }: Stage, { experiment, run }: Script): void {
  simulation.start(keyOfRun(experiment.seed, run));
}

/** The script with the pool that was too small enlarged. Throws the error where that is not what went wrong. */
export function withRoomFor(script: Script, error: unknown): Script {
  const setting = error instanceof CapacityError ? error.setting : undefined;
  const larger = setting === undefined ? undefined : withLargerPool(script.experiment, setting);
  if (larger === undefined) throw error;
  return { ...script, experiment: larger };
}
