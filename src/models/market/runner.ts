/**
 * A run goes to the shock, is saved, runs on, and is run again from the saved world: with the liquidation engine off (its
 * twin: the same traders, the same luck, nobody liquidated), with each change of the experiment's counterfactuals, and
 * for sales that show what the market absorbs. Measures and detail tables look on.
 */
import { keyOfRun } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { Change } from '../../sim/forks/changes/change.ts';
import { Recorder as JournalRecorder } from '../../sim/observe/journal/recorder.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { firstShock } from '../../sim/scenario/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketExperiment } from './file/compile.ts';
import { cells, compileScenario } from './file/compile.ts';
import { compileChange } from './file/counterfactuals.ts';
import { auditTables } from './audit-tables.ts';
import type { Recorder, Runner } from '../model.ts';
import { AbsorptionRuns } from './absorption-runs.ts';
import { absorptionColumns, absorptionTable } from './absorption-results.ts';
import { addFork, counterfactualTable } from './counterfactuals.ts';
import { Forks } from './forks.ts';
import { MarketRun } from './market-run.ts';
import { measures } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';
import type { AddRow } from './table.ts';
import { CELL_COLUMNS, details, tablesOf } from './tables/index.ts';

/** Time between samples after the shock, µs. */
const SAMPLE_US = SECOND;

export class MarketRunner implements Runner {
  readonly #experiment: MarketExperiment;
  readonly #scenario: Scenario;
  readonly #simulation: Simulation;
  readonly #snapshot: Uint8Array;
  readonly #forks: Forks;
  readonly #twin: Change;
  readonly #changes: readonly Change[];
  readonly #absorption: AbsorptionRuns | undefined;
  readonly #labels: readonly [policy: string, shock: string];

  constructor(experiment: MarketExperiment, index: number) {
    const cell = cells(experiment)[index]!;
    this.#experiment = experiment;
    this.#scenario = compileScenario(experiment, cell);
    this.#simulation = new Simulation(this.#scenario);
    this.#snapshot = new Uint8Array(this.#simulation.bytes);
    this.#labels = [cell.policy, shockTitle(experiment, cell)];
    this.#forks = new Forks(experiment, cell.policy, cell.shock, this.#simulation);
    this.#twin = compileChange(experiment, { engine: 'off' });
    this.#changes = experiment.counterfactuals.map((written) => compileChange(experiment, written));
    // One capacity a policy: under the first shock.
    const { lac } = experiment;
    if (lac === undefined || cell.shock > 0) return;
    this.#absorption = new AbsorptionRuns(experiment, lac, this.#simulation, (run) => {
      this.#toShock(run);
    });
  }

  run(number: number, record: Recorder): void {
    const simulation = this.#simulation;
    const adder = (table: string): AddRow => this.#adder(table, number, record);
    this.#toShock(number);
    const run = new MarketRun(this.#experiment, this.#scenario, simulation);
    for (const measure of measures) measure.atShock?.(run);
    for (const table of details) table.atShock?.(run, adder(table.info.name));
    simulation.save(this.#snapshot);

    this.#goOn(simulation, () => {
      for (const measure of measures) measure.sample?.(run);
    });
    for (const measure of measures) measure.atEnd?.(run);
    for (const table of details) table.atEnd?.(run, adder(table.info.name));

    this.#goOn(this.#forks.fork(this.#snapshot, this.#twin), () => {
      for (const measure of measures) measure.sampleTwin?.(run);
    });
    for (const measure of measures) measure.atTwinEnd?.(run);
    this.#makeForks(run, adder(counterfactualTable.name));
    this.#makeSales(number, run, adder(absorptionTable.name));

    const own = tablesOf(this.#experiment)[0]!.columns.slice(CELL_COLUMNS);
    record('runs', [...this.#labels, number, ...own.map(({ name }) => run.get(name))]);
  }

  audit(number: number, record: Recorder): void {
    const columns = new Map(auditTables.map((table) => [table.name, table.columns.slice(CELL_COLUMNS)]));
    const journal = new JournalRecorder(new Simulation(this.#scenario), (table, row) => {
      record(table, [...this.#labels, number, ...columns.get(table)!.map(({ name }) => row[name]!)]);
    });
    journal.start(keyOfRun(this.#experiment.seed, number));
    journal.finish(this.#scenario.until_us);
  }

  /** Just before the first shock of a run. */
  #toShock(number: number): void {
    this.#simulation.start(keyOfRun(this.#experiment.seed, number));
    this.#simulation.run((firstShock(this.#scenario) ?? 0) - 1);
  }

  /** To the end, with samples on the way; then money, lots and losses must add up. */
  #goOn(simulation: Simulation, sample: () => void): void {
    const { until_us } = this.#scenario;
    for (let time = simulation.queue.now; time < until_us;) {
      time = Math.min(until_us, time + SAMPLE_US);
      simulation.run(time);
      sample();
    }
    simulation.ledger.assertConserved();
    simulation.house.losses.assertBorne();
  }

  #makeForks(run: MarketRun, add: AddRow): void {
    this.#changes.forEach((change, i) => {
      const fork = run.forked(this.#forks.fork(this.#snapshot, change));
      this.#goOn(fork.simulation, () => undefined);
      for (const measure of measures) measure.atEnd?.(fork);
      addFork(run, fork, i, change.title, add);
    });
  }

  #makeSales(number: number, run: MarketRun, add: AddRow): void {
    if (this.#absorption !== undefined) this.#absorption.make(number, this.#snapshot, run, add);
    else for (const { name } of absorptionColumns(this.#experiment)) run.set(name, NaN);
  }

  #adder(table: string, number: number, record: Recorder): AddRow {
    return (row) => {
      record(table, [...this.#labels, number, ...row]);
    };
  }
}
