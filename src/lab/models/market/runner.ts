/**
 * A run goes to the shock, is saved, runs on, and is run again from the saved world with the liquidation engine off (its
 * twin: the same traders, the same luck, nobody liquidated). Measures and detail tables look on.
 */
import { expandSeed } from '../../../core/seed.ts';
import { SECOND } from '../../../core/units.ts';
import { Recorder as JournalRecorder } from '../../../sim/journal/recorder.ts';
import type { Scenario } from '../../../sim/scenario.ts';
import { firstShock } from '../../../sim/scenario.ts';
import { Simulation } from '../../../sim/simulation.ts';
import type { MarketExperiment } from '../../experiment/index.ts';
import { cells, compileScenario } from '../../experiment/index.ts';
import { auditTables } from '../audit-tables.ts';
import type { Recorder, Runner } from '../model.ts';
import { MarketRun } from './market-run.ts';
import { measures } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';
import { details, marketTables } from './tables/index.ts';

/** Time between samples after the shock, µs. */
const SAMPLE_US = SECOND;

export class MarketRunner implements Runner {
  readonly #experiment: MarketExperiment;
  readonly #scenario: Scenario;
  readonly #simulation: Simulation;
  readonly #snapshot: Uint8Array;
  readonly #labels: readonly [policy: string, shock: string];

  constructor(experiment: MarketExperiment, index: number) {
    const cell = cells(experiment)[index]!;
    this.#experiment = experiment;
    this.#scenario = compileScenario(experiment, cell);
    this.#simulation = new Simulation(this.#scenario);
    this.#snapshot = new Uint8Array(this.#simulation.bytes);
    this.#labels = [cell.policy, shockTitle(experiment, cell)];
  }

  run(number: number, record: Recorder): void {
    const simulation = this.#simulation;
    simulation.start(expandSeed(`${this.#experiment.seed}/${number}`));
    simulation.run((firstShock(this.#scenario) ?? 0) - 1);
    const run = new MarketRun(this.#experiment, this.#scenario, simulation);
    for (const measure of measures) measure.atShock?.(run);
    for (const table of details) table.atShock?.(run, this.#adder(table.info.name, number, record));
    simulation.save(this.#snapshot);

    this.#runSampled(run);
    this.#assertSound();
    for (const measure of measures) measure.atEnd?.(run);
    for (const table of details) table.atEnd?.(run, this.#adder(table.info.name, number, record));

    simulation.load(this.#snapshot);
    simulation.house.switchEngineOff();
    simulation.run(this.#scenario.until_us);
    this.#assertSound();
    for (const measure of measures) measure.atTwinEnd?.(run);

    const own = marketTables[0]!.columns.slice(3);
    record('runs', [...this.#labels, number, ...own.map(({ name }) => run.get(name))]);
  }

  audit(number: number, record: Recorder): void {
    const columns = new Map(auditTables.map((table) => [table.name, table.columns.slice(3)]));
    const journal = new JournalRecorder(new Simulation(this.#scenario), (table, row) => {
      record(table, [...this.#labels, number, ...columns.get(table)!.map(({ name }) => row[name]!)]);
    });
    journal.start(expandSeed(`${this.#experiment.seed}/${number}`));
    journal.finish(this.#scenario.until_us);
  }

  /** To the end, with samples on the way. */
  #runSampled(run: MarketRun): void {
    const { until_us } = this.#scenario;
    for (let time = this.#simulation.queue.now; time < until_us;) {
      time = Math.min(until_us, time + SAMPLE_US);
      this.#simulation.run(time);
      for (const measure of measures) measure.sample?.(run);
    }
  }

  #assertSound(): void {
    this.#simulation.ledger.assertConserved();
    this.#simulation.house.losses.assertBorne();
  }

  #adder(table: string, number: number, record: Recorder) {
    return (row: readonly (number | string | boolean)[]): void => {
      record(table, [...this.#labels, number, ...row]);
    };
  }
}
