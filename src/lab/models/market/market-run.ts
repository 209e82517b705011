/** One run of the market while it is measured: its world, what was true at the shock, and the row that measures fill. */
import { openInterest } from '../../../sim/liquidation-map.ts';
import type { Scenario } from '../../../sim/scenario.ts';
import type { Simulation } from '../../../sim/simulation.ts';
import type { LiquidationRows } from '../../../stats/forest.ts';
import type { MarketExperiment } from '../../experiment/index.ts';
import { liquidationRows } from '../../rows.ts';
import { PricePath } from './price-path.ts';
import { Traders } from './traders.ts';

export class MarketRun {
  readonly experiment: MarketExperiment;
  readonly scenario: Scenario;
  readonly simulation: Simulation;
  /** Open interest of all instruments at the shock, at the marks, quanta. */
  readonly openInterest: number;
  /** Liquidations and calls from the shock on begin at these rows. */
  readonly firstLiquidation: number;
  readonly firstCall: number;
  /** Samples of prices and the book; none in a fork. */
  readonly path = new PricePath();
  readonly #values = new Map<string, number>();
  #liquidations: LiquidationRows | undefined;
  #traders: Traders | undefined;

  /** At the shock. */
  constructor(experiment: MarketExperiment, scenario: Scenario, simulation: Simulation) {
    this.experiment = experiment;
    this.scenario = scenario;
    this.simulation = simulation;
    this.openInterest = allOpenInterest(simulation);
    this.firstLiquidation = simulation.house.liquidationCount;
    this.firstCall = simulation.house.callCount;
  }

  /** Liquidations from the shock to the end of the run; asked for at the end first, and the same ever after. */
  get liquidations(): LiquidationRows {
    return (this.#liquidations ??= liquidationRows(this.simulation, this.firstLiquidation));
  }

  /** Keeps what traders are at the moment, which must be the shock. */
  noteTraders(): void {
    this.#traders = new Traders(this.scenario, this.simulation);
  }

  /** Traders by category, as they were at the shock. Throws an Error in a fork, which has not noted them. */
  get traders(): Traders {
    if (this.#traders === undefined) throw new Error('nobody has noted the traders at the shock');
    return this.#traders;
  }

  /** Fills a column of the table `runs`. */
  set(column: string, value: number): void {
    this.#values.set(column, value);
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

function allOpenInterest(simulation: Simulation): number {
  const { ledger } = simulation;
  let value = 0;
  for (let i = 0; i < ledger.instruments; i++) {
    value += openInterest(simulation, i) * ledger.marks[i]! * ledger.tickLot[i]!;
  }
  return value;
}
