/** One run of the market at one venue while it is measured: its world, what was true at the shock, and the row that measures fill. */
import { openInterest } from '../../sim/observe/liquidation-map.ts';
import type { MarginUse } from '../../sim/observe/margin-use.ts';
import { MarginUseMeter } from '../../sim/observe/margin-use.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Venue } from '../../sim/venue/venue.ts';
import type { LiquidationRows } from '../../stats/cascade/forest.ts';
import type { MarketExperiment } from './file/compile.ts';
import { liquidationRows } from '../rows.ts';
import type { FrozenAccounts } from './frozen-accounts.ts';
import { PricePath } from './price-path.ts';
import { Traders } from './traders.ts';

/** Worlds are used again, run after run. */
const meters = new WeakMap<Venue, MarginUseMeter>();

function meterOf(venue: Venue): MarginUseMeter {
  const meter = meters.get(venue) ?? new MarginUseMeter(venue);
  meters.set(venue, meter);
  return meter;
}

export class MarketRun {
  readonly experiment: MarketExperiment;
  readonly simulation: Simulation;
  readonly venue: Venue;
  /** Open interest of all instruments at the shock, at the marks, quanta. */
  readonly openInterest: number;
  /** Liquidations and calls from the shock on begin at these rows. */
  readonly firstLiquidation: number;
  readonly firstCall: number;
  /** Accounts liquidated from the shock on that were at or below maintenance margin at some sample of the twin. */
  readonly breachedInTwin = new Set<number>();
  /** Those accounts as they were before; undefined in forks. */
  frozen: FrozenAccounts | undefined;
  /** Samples of prices and the book; in a fork none, unless it goes on with those before it. */
  readonly path: PricePath;
  readonly #values: Map<string, number>;
  #liquidations: LiquidationRows | undefined;
  #liquidated: ReadonlySet<number> | undefined;
  #use: MarginUse | undefined;
  #useAt = -1;
  #traders: Traders | undefined;

  /** At the shock; or, given what a run of the same past was at the shock, of a fork of it. */
  constructor(
    experiment: MarketExperiment,
    simulation: Simulation,
    venue: number,
    past?: Pick<MarketRun, 'openInterest' | 'firstLiquidation' | 'firstCall'>,
    values = new Map<string, number>(),
    path = new PricePath(),
  ) {
    this.experiment = experiment;
    this.simulation = simulation;
    this.venue = simulation.venues[venue]!;
    const { house } = this.venue;
    this.openInterest = past?.openInterest ?? openInterestNow(this.venue);
    this.firstLiquidation = past?.firstLiquidation ?? house.liquidationCount;
    this.firstCall = past?.firstCall ?? house.callCount;
    this.#values = values;
    this.path = path;
  }

  /** A fork of this run, which goes on in a world of its own; with its samples (`path`) if it takes more of them. */
  forked(simulation: Simulation, path?: PricePath): MarketRun {
    const { experiment, venue } = this;
    return new MarketRun(experiment, simulation, venue.number, this, new Map(this.#values), path);
  }

  /** Liquidations from the shock to the end of the run; asked for at the end first, and the same ever after. */
  get liquidations(): LiquidationRows {
    return (this.#liquidations ??= liquidationRows(this.venue, this.firstLiquidation));
  }

  /** Accounts with a forced order from the shock on. */
  get liquidatedAccounts(): ReadonlySet<number> {
    return (this.#liquidated ??= new Set(this.liquidations.account));
  }

  /** How the accounts' equity is used now: several measures ask at the same moment, and it takes a look at all accounts. */
  get marginUse(): MarginUse {
    const { events } = this.venue; // without another event the world is the same
    if (this.#use === undefined || this.#useAt !== events) this.#use = meterOf(this.venue).read();
    this.#useAt = events;
    return this.#use;
  }

  /** Open interest of all instruments now, at the marks, quanta. */
  get openInterestNow(): number {
    return openInterestNow(this.venue);
  }

  /** Keeps what traders are at the moment, which must be the shock. */
  noteTraders(): void {
    this.#traders = new Traders(this.scenario, this.simulation.layout.places, this.venue);
  }

  /** Traders by category, as they were at the shock. Throws an Error in a fork, which has not noted them. */
  get traders(): Traders {
    if (this.#traders === undefined) throw new Error('nobody has noted the traders at the shock');
    return this.#traders;
  }

  get scenario(): Scenario {
    return this.simulation.scenario;
  }

  /** Fills a column of the table `runs`. */
  set(column: string, value: number): void {
    this.#values.set(column, value);
  }

  has(column: string): boolean {
    return this.#values.has(column);
  }

  /** What a column was set to. Throws an Error if it was not. */
  get(column: string): number {
    const value = this.#values.get(column);
    if (value === undefined) throw new Error(`no measure has set the column ${column}`);
    return value;
  }

  /** Quanta in the unit of money. */
  money(quanta: number): number {
    return quanta / this.scenario.quantaPerUnit;
  }

  /** Quanta as a share of the open interest at the shock; 0 without any. */
  share(quanta: number): number {
    return this.openInterest > 0 ? quanta / this.openInterest : 0;
  }
}

function openInterestNow(venue: Venue): number {
  const { ledger } = venue;
  let value = 0;
  for (let i = 0; i < ledger.instruments; i++) {
    value += ledger.contracts.notional(i, openInterest(venue, i), ledger.marks[i]!);
  }
  return value;
}
