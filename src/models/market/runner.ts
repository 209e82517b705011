/**
 * A run goes to the shock, is saved, runs on, and is run again from the saved world: with the liquidation engine off (its
 * twin: the same traders, the same luck, nobody liquidated), with each change of the experiment's counterfactuals, and
 * for sales that show what the market absorbs. Measures and detail tables look on.
 */
import { keyOfRun } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { Change, ChangeSettings } from '../../sim/forks/changes/change.ts';
import { Recorder as JournalRecorder } from '../../sim/observe/journal/recorder.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { firstShock } from '../../sim/scenario/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketCell, MarketExperiment } from './file/compile.ts';
import { cells, compileScenario } from './file/compile.ts';
import { compileChange } from './file/counterfactuals.ts';
import { auditTablesOf } from './audit-tables.ts';
import type { Recorder, Runner } from '../model.ts';
import { AbsorptionRuns } from './absorption-runs.ts';
import { absorptionColumns, absorptionTable } from './absorption-results.ts';
import { addFork, counterfactualTable } from './counterfactuals.ts';
import { Forks, writtenChange } from './forks.ts';
import { MarketRun } from './market-run.ts';
import type { Measure } from './measure.ts';
import { pastOf, Pasts } from './pasts.ts';
import { measuresOf } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';
import type { AddRow } from './table.ts';
import { details, ownColumns } from './tables/index.ts';

/** Time between samples after the shock, µs. */
const SAMPLE_US = SECOND;

/** What is changed of each run just before the shock. */
export interface ChangedAtShock {
  /** As in `counterfactuals`. */
  readonly changes: readonly ChangeSettings[];
  /** The experiment from there on: other policies, or other shocks; left out: the same. */
  readonly after?: MarketExperiment | undefined;
}

/** What is one cell's own. */
interface AtCell {
  /** The same for cells that share their past. */
  readonly past: string;
  readonly scenario: Scenario;
  readonly forks: Forks;
  readonly absorption?: AbsorptionRuns;
  readonly labels: readonly [policy: string, shock: string];
}

export class MarketRunner implements Runner {
  readonly #experiment: MarketExperiment;
  readonly #simulation: Simulation;
  /** The world at the shock, where it is not kept as a past. */
  #own: Uint8Array;
  readonly #pasts: Pasts | undefined;
  readonly #measures: readonly Measure[];
  readonly #twin: Change;
  readonly #changes: readonly Change[];
  readonly #changed: (() => Simulation) | undefined;
  #at: AtCell;

  /** `changed`: what is measured is each run's fork with this changed at the shock, and the fork's own twin; nothing else is made. */
  constructor(experiment: MarketExperiment, index: number, changed?: ChangedAtShock) {
    const cell = cells(experiment)[index]!;
    this.#experiment = experiment;
    this.#measures = measuresOf(experiment);
    this.#simulation = new Simulation(compileScenario(experiment, cell));
    this.#own = new Uint8Array(0);
    this.#twin = compileChange(experiment, { engine: 'off' });
    this.#changed = changed && this.#forksTo(changed, cell);
    this.#changes = (changed === undefined ? experiment.counterfactuals : []).map((written) =>
      compileChange(experiment, written),
    );
    this.#at = this.#cellOf(cell);
    const isShared = cells(experiment).filter((one) => pastOf(experiment, one) === this.#at.past).length > 1;
    if (isShared && changed === undefined) this.#pasts = new Pasts(this.#simulation.bytes);
  }

  /** Sets what is the cell's own. */
  #cellOf(cell: MarketCell): AtCell {
    const experiment = this.#experiment;
    const { policy, shock } = cell;
    const { lac } = experiment;
    const isFork = this.#changed !== undefined;
    return {
      past: pastOf(experiment, cell),
      scenario: compileScenario(experiment, cell),
      forks: new Forks(experiment, policy, shock, this.#simulation),
      labels: [policy, shockTitle(experiment, cell)],
      // One capacity a policy: under the first shock.
      ...(lac !== undefined &&
        shock === 0 &&
        !isFork && {
          absorption: new AbsorptionRuns(experiment, lac, this.#simulation, (run) => {
            this.#toShock(run);
          }),
        }),
    };
  }

  /** To a cell with the same past: before other shocks. */
  turnTo(index: number): boolean {
    if (this.#pasts === undefined) return false;
    const at = this.#cellOf(cells(this.#experiment)[index]!);
    if (at.past !== this.#at.past) return false;
    this.#at = at;
    this.#simulation.face(at.scenario.shocks);
    return true;
  }

  forget(): void {
    this.#pasts?.forget();
  }

  run(number: number, record: Recorder): void {
    this.#toShock(number);
    const simulation = this.#changed?.() ?? this.#simulation;
    const runs = simulation.venues.map((_, v) => new MarketRun(this.#experiment, simulation, v));
    const adderOf = (run: MarketRun, table: string): AddRow => this.#adder(table, run, number, record);
    for (const run of runs) {
      for (const measure of this.#measures) measure.atShock?.(run);
      for (const table of details) table.atShock?.(run, adderOf(run, table.info.name));
    }
    const snapshot = this.#saved(number, simulation);

    this.#goOn(simulation, () => {
      for (const run of runs) for (const measure of this.#measures) measure.sample?.(run);
    });
    for (const run of runs) {
      for (const measure of this.#measures) measure.atEnd?.(run);
      for (const table of details) table.atEnd?.(run, adderOf(run, table.info.name));
    }

    this.#goOn(this.#twinOf(simulation, snapshot), () => {
      for (const run of runs) for (const measure of this.#measures) measure.sampleTwin?.(run);
    });
    for (const run of runs) for (const measure of this.#measures) measure.atTwinEnd?.(run);
    this.#makeForks(snapshot, runs, (run) => adderOf(run, counterfactualTable.name));
    for (const run of runs) this.#makeSales(number, snapshot, run, adderOf(run, absorptionTable.name));

    const own = ownColumns(this.#experiment);
    const values = runs.flatMap((run) => own.map((name) => run.get(name)));
    record('runs', [...this.#at.labels, number, ...values]);
  }

  audit(number: number, record: Recorder): void {
    const simulation = new Simulation(this.#at.scenario);
    const { length } = this.#labelsAt(0, number);
    const columns = new Map(
      auditTablesOf(this.#experiment).map((table) => [table.name, table.columns.slice(length)]),
    );
    const journal = new JournalRecorder(simulation, (venue, table, row) => {
      const names = columns.get(table)!;
      record(table, [...this.#labelsAt(venue, number), ...names.map(({ name }) => row[name]!)]);
    });
    journal.start(keyOfRun(this.#experiment.seed, number));
    journal.finish(this.#at.scenario.until_us);
  }

  /** Just before the first shock of a run. */
  #toShock(number: number): void {
    const past = this.#pasts?.of(number);
    if (past !== undefined) {
      this.#simulation.load(past);
      return;
    }
    this.#simulation.start(keyOfRun(this.#experiment.seed, number));
    this.#simulation.run((firstShock(this.#at.scenario) ?? 0) - 1);
  }

  /** The world there, which is kept for the cells that share it. Not to be written to, and good until the next run. */
  #saved(number: number, simulation: Simulation): Uint8Array {
    const past = this.#pasts?.of(number) ?? this.#pasts?.keep(number, simulation);
    if (past !== undefined) return past;
    if (this.#own.length !== simulation.bytes) this.#own = new Uint8Array(simulation.bytes);
    return simulation.save(this.#own);
  }

  /** Makes the fork with which each run goes on. */
  #forksTo({ changes, after }: ChangedAtShock, { policy, shock }: MarketCell): () => Simulation {
    const base = this.#simulation;
    const forks = new Forks(this.#experiment, policy, shock, base, after);
    const change = writtenChange(this.#experiment, policy, changes, after);
    return () => forks.fork(base.save(), change);
  }

  /** The twin of the world of the snapshot, in that world. */
  #twinOf(simulation: Simulation, snapshot: Uint8Array): Simulation {
    if (simulation === this.#simulation) return this.#at.forks.fork(snapshot, this.#twin);
    simulation.load(snapshot);
    this.#twin.apply?.(simulation);
    return simulation;
  }

  /** To the end, with samples on the way; then money, lots and losses must add up. */
  #goOn(simulation: Simulation, sample: () => void): void {
    const { until_us } = this.#at.scenario;
    for (let time = simulation.queue.now; time < until_us;) {
      time = Math.min(until_us, time + SAMPLE_US);
      simulation.run(time);
      sample();
    }
    simulation.assertConserved();
  }

  #makeForks(snapshot: Uint8Array, runs: readonly MarketRun[], adderOf: (run: MarketRun) => AddRow): void {
    this.#changes.forEach((change, i) => {
      const world = this.#at.forks.fork(snapshot, change);
      const forks = runs.map((run) => run.forked(world));
      this.#goOn(world, () => undefined);
      runs.forEach((run, v) => {
        for (const measure of this.#measures) measure.atEnd?.(forks[v]!);
        addFork(run, forks[v]!, i, change.title, adderOf(run));
      });
    });
  }

  #makeSales(number: number, snapshot: Uint8Array, run: MarketRun, add: AddRow): void {
    const { absorption } = this.#at;
    if (absorption !== undefined) absorption.make(number, snapshot, run, add);
    else for (const { name } of absorptionColumns(this.#experiment)) run.set(name, NaN);
  }

  #adder(table: string, { venue }: MarketRun, number: number, record: Recorder): AddRow {
    const labels = this.#labelsAt(venue.number, number);
    return (row) => {
      record(table, [...labels, ...row]);
    };
  }

  /** What names the cell, the venue where there are several, and the run. */
  #labelsAt(venue: number, number: number): (string | number)[] {
    const { venues } = this.#experiment;
    return [...this.#at.labels, ...(venues.length > 1 ? [venues[venue]!.name] : []), number];
  }
}
