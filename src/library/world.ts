/**
 * One world of an experiment, to be stepped, looked at, saved and forked: a run under one policy and shock, the same to the byte as
 * that of `runExperiment`.
 */
import { CapacityError, ConfigError } from '../core/errors.ts';
import { sha256 } from '../lab/store/sha256.ts';
import { placeOf } from '../lab/replay.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import { modelOf } from '../models/index.ts';
import { withLargerPool } from '../models/market/pools.ts';
import type { AccountView } from '../replay/account.ts';
import { accountView, largestAccounts } from '../replay/account.ts';
import type { Moment, PriceAxis } from '../replay/moment.ts';
import { momentOf } from '../replay/moment.ts';
import type { View } from '../replay/view.ts';
import type { ChangeSettings } from '../sim/forks/changes/change.ts';
import { firstShock } from '../sim/scenario/scenario.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Book, Listing, Place } from './book.ts';
import { bookOf, listingsOf, placed } from './book.ts';
import { timeOf } from './duration.ts';
import type { ExperimentSource } from './load.ts';
import { experimentFrom } from './load.ts';
import { told } from './told.ts';
import type { Instant, Made, Past } from './past.ts';
import { forkOf, goTo, worldAfter } from './past.ts';

/** Which run of an experiment. */
export interface WorldOptions {
  /** Name of the policy. Default: the first. */
  readonly policy?: string;
  /** Number or title of the shock’s variant. Default: the first. */
  readonly shock?: number | string;
  /** Number of the run, which its luck follows from. Default: 0. */
  readonly run?: number;
}

/** A world at a moment, to come back to it: plain data, of use in any process that has the same experiment. */
export interface SavedWorld {
  readonly time_us: number;
  /** That had happened. */
  readonly events: number;
  /** Which run, and which fork of it. */
  readonly of: string;
  readonly bytes: Uint8Array;
}

/** A group of traders: their accounts are `first` to `first + count − 1`. */
export interface GroupInfo {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  readonly first: number;
}

/** What `sample` wrote down: the times, and a column for each thing looked at. */
export interface Samples<Name extends string> {
  readonly time_us: Float64Array;
  readonly columns: Readonly<Record<Name, Float64Array>>;
}

/**
 * Times are µs from the start of the run, whole numbers, or texts with a unit (`'45 s'`). Prices are ticks, sizes lots, money is in
 * units of the experiment’s money unless a name says quanta.
 */
export class World {
  readonly policy: string;
  /** Number of the shock’s variant. */
  readonly shock: number;
  readonly run_number: number;
  /** End of the run, and its first shock (the end without one), µs. */
  readonly until_us: number;
  readonly shock_us: number;
  /** Instruments at their venues. */
  readonly listings: readonly Listing[];
  readonly groups: readonly GroupInfo[];
  readonly #past: Past;
  readonly #of: string;
  /** With the pools that were large enough so far. */
  #experiment: MarketExperiment;
  #made: Made;

  /** To be had from `simulate` and `fork`; `before`: the world that it is forked of, now. */
  constructor(experiment: MarketExperiment, past: Past, of: string, before?: Made) {
    modelOf(experiment); // its plug-ins, and no others
    this.#experiment = experiment;
    this.#past = past;
    this.#of = of;
    this.policy = past.policy;
    this.shock = past.shock;
    this.run_number = past.run;
    let from = before;
    this.#made = this.#sized(() => {
      const taken = from;
      from = undefined;
      if (taken === undefined) return worldAfter(this.#experiment, past);
      return forkOf(experiment, past, taken.experiment, taken.simulation.save());
    });
    const { scenario, layout } = this.#simulation;
    this.until_us = scenario.until_us;
    this.shock_us = firstShock(scenario) ?? scenario.until_us;
    this.listings = listingsOf(experiment);
    this.groups = scenario.groups.map(({ name, kind, count }, i) => {
      const first = layout.places.firstAccounts[i]!;
      return { name, kind: kind.kind, count, first };
    });
  }

  /** Time now, µs. */
  get now_us(): number {
    return this.#simulation.queue.now;
  }

  /** Events so far. */
  get events(): number {
    return this.#simulation.events;
  }

  /** Handles all events up to and including a time; to the end of the run if left out. Throws what a trader throws. */
  run(until: number | string = this.until_us): this {
    const until_us = Math.min(timeOf(until, 'until'), this.until_us);
    this.#going(() => this.#simulation.run(until_us));
    return this;
  }

  /** Handles the next event; false: the run is over. */
  step(): boolean {
    let went = false;
    this.#going(() => (went = this.#simulation.step(this.until_us)));
    return went;
  }

  /**
   * Goes on to `until` (the end if left out), and notes now and every so often what `look` tells: a record of numbers, always the
   * same names. Statistics of one’s own are made of it.
   */
  sample<Name extends string>(
    every: number | string,
    look: (world: this) => Readonly<Record<Name, number>>,
    until: number | string = this.until_us,
  ): Samples<Name> {
    const every_us = timeOf(every, 'every');
    if (every_us < 1) throw new ConfigError([], 'every: must be at least 1 µs');
    const end = Math.min(timeOf(until, 'until'), this.until_us);
    const times: number[] = [];
    const found = new Map<Name, number[]>();
    for (let time = this.now_us; ; time = Math.min(end, time + every_us)) {
      this.run(time);
      for (const [name, value] of Object.entries(look(this)) as [Name, number][]) {
        if (!found.has(name)) found.set(name, Array<number>(times.length).fill(NaN));
        found.get(name)!.push(value);
      }
      times.push(time);
      if (time >= end) break;
    }
    const columns = Object.fromEntries([...found].map(([name, values]) => [name, Float64Array.from(values)]));
    return { time_us: Float64Array.from(times), columns: columns as Record<Name, Float64Array> };
  }

  /** The world as it is now. */
  save(): SavedWorld {
    return { time_us: this.now_us, events: this.events, of: this.#of, bytes: this.#simulation.save() };
  }

  /** Goes to a moment that was saved of this run. Throws ConfigError where it is of another run or fork. */
  load(saved: SavedWorld): this {
    const { of, bytes } = saved;
    if (of !== this.#of) throw new ConfigError([], 'this world was saved of another run, or of a fork of it');
    if (bytes.length === this.#simulation.bytes) this.#simulation.load(bytes);
    else this.#sized(() => this.#again(saved)); // it was saved before there was more room
    return this;
  }

  /**
   * The same world in a world of its own, from now on with something changed, on the same luck: `{ engine: 'off' }`, `{ policy: 'binance' }`,
   * as under `counterfactuals` of an experiment; none: a copy. This one stays as it is. Throws ConfigError.
   */
  fork(...changes: readonly ChangeSettings[]): World {
    const { events, now_us: time_us } = this;
    const past: Past = { ...this.#past, fork: { of: this.#past, events, time_us, changes } };
    const of = sha256(JSON.stringify([this.#of, events, time_us, changes]));
    return told(() => new World(this.#experiment, past, of, this.#made));
  }

  /** Of all that the world is made of: equal for equal worlds. */
  hash(): string {
    return this.#simulation.hash();
  }

  /** The order book of an instrument; the first listing if left out. Throws ConfigError where there is none. */
  book(where: Place = {}): Book {
    return bookOf(this.#view(where));
  }

  /**
   * One account at a venue: positions, equity, requirement, calls, forced orders. `account`: its number, see `groups`. Throws
   * ConfigError where there is none.
   */
  account(account: number, where: Place = {}): AccountView {
    const view = this.#view(where);
    try {
      return accountView(view, account);
    } catch (error) {
      throw error instanceof RangeError ? new ConfigError([], error.message) : error;
    }
  }

  /** Numbers of the accounts that hold most at a venue now, by value, the largest first. */
  largest(count: number, where: Place = {}): number[] {
    return largestAccounts(this.#view(where), count);
  }

  /**
   * Totals of a venue now: health of accounts, calls, liquidations, the insurance fund; and along an axis of prices (ticks) what rests
   * in the book and which positions are looked at there.
   */
  moment(axis: PriceAxis = { low: 1, step: 1, steps: 0 }, where: Place = {}): Moment {
    return momentOf(this.#view(where), axis);
  }

  /** Throws InvariantError, a defect of unwind or of a plug-in, unless money, lots and losses add up. */
  assertConserved(): void {
    this.#simulation.assertConserved();
  }

  #view(where: Place): View {
    const { venue, instrument } = placed(this.listings, where);
    return { simulation: this.#simulation, venue: this.#simulation.venues[venue]!, instrument };
  }

  get #simulation(): Simulation {
    return this.#made.simulation;
  }

  /** Does work in the world; where a pool is too small for it, in one with more room that has come as far. */
  #going(work: () => void): void {
    const here = { events: this.events, time_us: this.now_us };
    let isFirst = true;
    this.#sized(() => {
      if (!isFirst) this.#again(here);
      isFirst = false;
      work();
    });
  }

  /** The same run anew, in a world of the size that is in force. */
  #again(moment: Instant): void {
    modelOf(this.#experiment);
    this.#made = worldAfter(this.#experiment, this.#past);
    goTo(this.#simulation, moment);
  }

  /** What the attempt gives, made again with more room as often as a pool is too small for it. Throws what else it throws. */
  #sized<T>(attempt: () => T): T {
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        const setting = error instanceof CapacityError ? error.setting : undefined;
        const larger = setting === undefined ? undefined : withLargerPool(this.#experiment, setting);
        if (larger === undefined) throw error;
        this.#experiment = larger;
      }
    }
  }
}

/**
 * A world of a market, at the start of a run. Throws ConfigError where the experiment is no market, or has no such policy, shock
 * or run; and as loadExperiment does.
 */
export function simulate(source: ExperimentSource, { policy, shock, run = 0 }: WorldOptions = {}): World {
  const experiment = experimentFrom(source);
  if (experiment.model !== 'market')
    throw new ConfigError([], `${experiment.file}: only a simulated market has a world to step`);
  if (!Number.isInteger(run) || run < 0)
    throw new ConfigError([], `run ${run}: needs a whole number from 0 on`);
  const title = shock === undefined ? undefined : String(shock);
  const start = told(() => placeOf(experiment, { policy, shock: title, run }));
  const { inputs, sets, seed, plugIns = [] } = experiment;
  const sums = [...inputs, ...plugIns].map((one) => one.sha256);
  return new World(experiment, start, sha256(JSON.stringify([sums, sets, seed, start])));
}
