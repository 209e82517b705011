/** What runs come to: made as `unwind run` makes them, twin and all, so that the numbers are those of its table `runs`. */
import type { MarketExperiment } from '../models/market/file/compile.ts';
import { cells } from '../models/market/file/compile.ts';
import { withLargerPool } from '../models/market/pools.ts';
import { MarketRunner } from '../models/market/runner.ts';
import { tablesOf } from '../models/market/tables/index.ts';
import { Room } from '../models/room.ts';
import type { Outcome } from './outcome-columns.ts';
import { OUTCOME_COLUMNS } from './outcome-columns.ts';
import type { Fork } from './fork.ts';
import { turned } from './turn.ts';

export class Outcomes {
  readonly #room: Room<MarketExperiment>;
  readonly #cell: number;
  readonly #columns: readonly number[];
  readonly #fork: Omit<Fork, 'at_us'> | undefined;
  #runner: MarketRunner | undefined;
  #sized: MarketExperiment | undefined;

  /** `fork`: of the runs' forks at the shock. Throws RangeError where the experiment has no such cell. */
  constructor(experiment: MarketExperiment, policy: string, shock: number, fork?: Omit<Fork, 'at_us'>) {
    this.#fork = fork;
    this.#cell = cells(experiment).findIndex((cell) => cell.policy === policy && cell.shock === shock);
    if (this.#cell < 0) throw new RangeError(`there is no policy ${policy} under shock ${shock}`);
    const names = tablesOf(experiment)[0]!.columns.map(({ name }) => name);
    this.#columns = OUTCOME_COLUMNS.map((name) => names.indexOf(name));
    this.#room = new Room(experiment, withLargerPool);
  }

  of(run: number): Outcome {
    let found: readonly unknown[] = [];
    this.#room.make((sized) => {
      // A world is made anew only where the one before was too small.
      if (sized !== this.#sized) this.#runner = this.#runnerIn(sized);
      this.#sized = sized;
      this.#runner!.run(run, (table, row) => {
        if (table === 'runs') found = row;
      });
    });
    const values = this.#columns.map((column) => Number(found[column]));
    return Object.fromEntries(OUTCOME_COLUMNS.map((name, i) => [name, values[i]!])) as Outcome;
  }

  #runnerIn(sized: MarketExperiment): MarketRunner {
    if (this.#fork === undefined) return new MarketRunner(sized, this.#cell);
    const { changes, settings } = this.#fork;
    const after = settings === undefined ? undefined : turned(sized, settings);
    return new MarketRunner(sized, this.#cell, { changes, after });
  }
}
