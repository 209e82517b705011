/** The sales that a run makes for the absorption capacity: which continuations, from which states, recorded where. */
import type { RunKey } from '../../core/seed.ts';
import { expandSeed } from '../../core/seed.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { AbsorptionSettings } from './file/absorption.ts';
import type { MarketExperiment } from './file/compile.ts';
import { Absorption } from './absorption.ts';
import {
  absorptionColumn,
  absorptionColumns,
  absorptionValues,
  continuationsOf,
} from './absorption-results.ts';
import type { MarketRun } from './market-run.ts';
import type { AddRow } from './table.ts';

export class AbsorptionRuns {
  readonly #experiment: MarketExperiment;
  readonly #lac: AbsorptionSettings;
  readonly #simulation: Simulation;
  readonly #toShock: (run: number) => void;
  /** The state of another run before the shock: its number, and the world. */
  #state = -1;
  readonly #snapshot: Uint8Array;

  /** `toShock`: brings the simulation to just before the shock of a run. */
  constructor(
    experiment: MarketExperiment,
    lac: AbsorptionSettings,
    simulation: Simulation,
    toShock: (run: number) => void,
  ) {
    this.#experiment = experiment;
    this.#lac = lac;
    this.#simulation = simulation;
    this.#toShock = toShock;
    this.#snapshot = new Uint8Array(simulation.bytes);
  }

  /** Makes the sales of a run, whose own state before the shock is `own`. */
  make(number: number, own: Uint8Array, run: MarketRun, add: AddRow): void {
    const experiment = this.#experiment;
    for (const { name } of absorptionColumns(experiment)) run.set(name, NaN);
    continuationsOf(experiment, number).forEach((continuation, slot) => {
      const state = this.#lac.states === 'one' ? 0 : continuation;
      const snapshot = state === number ? own : this.#stateOf(state);
      const absorption = new Absorption(this.#lac, this.#simulation, run.venue.number, snapshot);
      this.#lac.windows_us.forEach((window_us, window) => {
        const found = absorption.critical(window_us, this.#key(continuation));
        const { low, high, from, to } = absorptionValues(found, run);
        add([continuation, state, window_us / 1e6, low, high, found.looks, from, to]);
        for (const [part, value] of Object.entries({ low, high, from, to })) {
          run.set(absorptionColumn(window, slot, part as 'low'), value);
        }
      });
    });
  }

  #stateOf(run: number): Uint8Array {
    if (this.#state !== run) {
      this.#toShock(run);
      this.#simulation.save(this.#snapshot);
      this.#state = run;
    }
    return this.#snapshot;
  }

  /** The luck of a continuation: the same for all windows, sizes and policies. */
  #key(continuation: number): RunKey {
    return expandSeed(`${this.#experiment.seed}/lac/${continuation}`);
  }
}
