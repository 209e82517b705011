/**
 * The full market in the lab: a run goes to the shock, is recorded and saved, runs on, and is run again from the saved
 * world with the liquidation engine off (its twin: the same traders, the same luck, nobody liquidated).
 */
import { expandSeed } from '../../core/seed.ts';
import { CALL_MET, FIRST_TRADER, layerNames } from '../../sim/calls.ts';
import type { MapStep } from '../../sim/liquidation-map.ts';
import { Recorder as JournalRecorder } from '../../sim/journal/recorder.ts';
import { liquidationMap, openInterest } from '../../sim/liquidation-map.ts';
import { marginUse, runSampled } from '../../sim/margin-use.ts';
import type { Scenario } from '../../sim/scenario.ts';
import { firstShock } from '../../sim/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';
import { cascadeOfRun, peakWithinWindow } from '../../stats/cascade.ts';
import { callLatency } from '../../stats/call-latency.ts';
import type { LiquidationRows } from '../../stats/forest.ts';
import type { MarketExperiment } from '../experiment/index.ts';
import { cells, compileScenario } from '../experiment/index.ts';
import { liquidationRows } from '../rows.ts';
import { auditTables } from './audit-tables.ts';
import { marketSummary } from './market-summary.ts';
import { marketTables } from './market-tables.ts';
import type { Model, Recorder, Runner } from './model.ts';
import { shockTitle } from './shock-title.ts';

/** Of a call, by its code (CALL_…). */
const OUTCOMES = ['open', 'met', 'liquidated', 'taken over'];

export const market: Model<MarketExperiment> = {
  name: 'market',
  tables: marketTables,
  auditTables,
  mostRunsPerBatch: 250, // minutes of work
  cells: (experiment) =>
    cells(experiment).map((cell) => ({
      labels: { policy: cell.policy, shock: shockTitle(experiment, cell) },
    })),
  prepare: (experiment, index) => new MarketRunner(experiment, index),
  summarise: marketSummary,
};

class MarketRunner implements Runner {
  readonly #experiment: MarketExperiment;
  readonly #scenario: Scenario;
  readonly #simulation: Simulation;
  readonly #snapshot: Uint8Array;
  readonly #labels: readonly [string, string];

  constructor(experiment: MarketExperiment, index: number) {
    const cell = cells(experiment)[index]!;
    this.#experiment = experiment;
    this.#scenario = compileScenario(experiment, cell);
    this.#simulation = new Simulation(this.#scenario);
    this.#snapshot = new Uint8Array(this.#simulation.bytes);
    this.#labels = [cell.policy, shockTitle(experiment, cell)];
  }

  run(run: number, record: Recorder): void {
    const simulation = this.#simulation;
    const { until_us } = this.#scenario;
    const shock_us = firstShock(this.#scenario) ?? 0;
    simulation.start(expandSeed(`${this.#experiment.seed}/${run}`));
    simulation.run(shock_us - 1);
    const map = liquidationMap(simulation);
    this.#recordMap(run, map, record);
    const before = simulation.house.liquidationCount;
    const callsBefore = simulation.house.callCount;
    const interest = this.#openInterest();
    const use = marginUse(simulation);
    simulation.save(this.#snapshot);
    const worst = runSampled(simulation, until_us);
    simulation.ledger.assertConserved();
    simulation.house.losses.assertBorne();
    const drop = this.#drop();
    const losses = this.#losses(before);
    const rows = liquidationRows(simulation, before);
    const cascade = cascadeOfRun(rows);
    const calls = this.#calls(callsBefore);
    const events = simulation.events;
    this.#recordCalls(run, record);
    this.#recordLiquidations(run, record);
    this.#recordLosses(run, record);

    simulation.load(this.#snapshot);
    const eventsBefore = simulation.events;
    simulation.house.switchEngineOff();
    simulation.run(until_us);
    simulation.ledger.assertConserved();
    const twinDrop = this.#drop();

    const peak = this.#peak(rows, interest);
    const below = map.filter((step) => step.instrument === 0 && step.side === 'below' && step.percent <= 5);
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    record('runs', [
      ...this.#labels,
      run,
      this.#isSystemic(peak) ? 1 : 0,
      cascade.accounts,
      cascade.roots,
      interest > 0 ? cascade.notional / interest : 0,
      peak,
      cascade.deepest_generation,
      cascade.largest_tree_accounts,
      drop,
      twinDrop,
      twinDrop > 0 ? drop / twinDrop : NaN,
      this.#money(losses.insured + losses.shared + losses.writtenOff),
      this.#money(losses.insured),
      this.#money(losses.shared),
      this.#money(losses.writtenOff),
      this.#money(losses.surplus),
      interest > 0 ? losses.takenOver / interest : 0,
      losses.bearers,
      this.#money(losses.fees),
      calls.opened,
      calls.met,
      calls.unmet,
      calls.latency.staleness_s,
      calls.latency.detection_s,
      calls.latency.answer_s,
      calls.latency.execution_s,
      calls.latency.total_s,
      losses.unfilled,
      before,
      this.#money(interest),
      sum(below.map((step) => step.breaking)) / sum(below.map((step) => step.depth)),
      events + simulation.events - eventsBefore,
      use.utilisation,
      worst.utilisation,
      use.compression,
      worst.compression,
    ]);
  }

  audit(run: number, record: Recorder): void {
    const columns = new Map(auditTables.map((table) => [table.name, table.columns.slice(3)]));
    const journal = new JournalRecorder(new Simulation(this.#scenario), (table, row) => {
      record(table, [...this.#labels, run, ...columns.get(table)!.map(({ name }) => row[name]!)]);
    });
    journal.start(expandSeed(`${this.#experiment.seed}/${run}`));
    journal.finish(this.#scenario.until_us);
  }

  #money(quanta: number): number {
    return quanta / this.#scenario.quantaPerUnit;
  }

  /** Open interest of all instruments at the marks, quanta. */
  #openInterest(): number {
    const { ledger } = this.#simulation;
    let value = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      value += openInterest(this.#simulation, i) * ledger.marks[i]! * ledger.tickLot[i]!;
    }
    return value;
  }

  /** Largest relative fall of a traded price below its level at the shock, over instruments. */
  #drop(): number {
    const { reference, low } = this.#simulation.tables.prices;
    let worst = 0;
    for (let i = 0; i < reference.length; i++) {
      if (reference[i]! > 0) worst = Math.max(worst, (reference[i]! - low[i]!) / reference[i]!);
    }
    return worst;
  }

  #losses(first: number) {
    const { liquidations, liquidationCount } = this.#simulation.house;
    let insured = 0;
    let shared = 0;
    let writtenOff = 0;
    let surplus = 0;
    let takenOver = 0;
    let fees = 0;
    let unfilled = 0;
    const { tickLot } = this.#simulation.ledger;
    for (let row = first; row < liquidationCount; row++) {
      insured += liquidations.insured[row]!;
      shared += liquidations.shared[row]!;
      writtenOff += liquidations.written_off[row]!;
      surplus += liquidations.surplus[row]!;
      fees += liquidations.fee[row]!;
      const instrument = liquidations.instrument[row]!;
      takenOver += liquidations.taken_over[row]! * liquidations.mark[row]! * tickLot[instrument]!;
      const closed = liquidations.filled[row]! + liquidations.taken_over[row]!;
      if (closed < Math.abs(liquidations.lots[row]!)) unfilled++;
    }
    return { insured, shared, writtenOff, surplus, takenOver, bearers: this.#bearers(first), fees, unfilled };
  }

  /** Distinct accounts of traders that paid for liquidations, or whose positions were closed against them. */
  #bearers(first: number): number {
    const { log, count } = this.#simulation.house.losses;
    const accounts = new Set<number>();
    for (let row = 0; row < count; row++) {
      if (log.liquidation[row]! >= first && log.account[row]! >= FIRST_TRADER)
        accounts.add(log.account[row]!);
    }
    return accounts.size;
  }

  #calls(first: number) {
    const { calls, callCount } = this.#simulation.house;
    let met = 0;
    let unmet = 0;
    for (let row = first; row < callCount; row++) {
      if (calls.outcome[row] === CALL_MET) met++;
      unmet += calls.unmet[row]!;
    }
    const times = (column: Float64Array) => column.subarray(first, callCount);
    const latency = callLatency({
      fill_us: times(calls.fill_us),
      breach_us: times(calls.breach_us),
      detected_us: times(calls.detected_us),
      sent_us: times(calls.sent_us),
      answered_us: times(calls.answered_us),
      liquidated_us: times(calls.liquidated_us),
      ended_us: times(calls.ended_us),
    });
    return { opened: callCount - first, met, unmet, latency };
  }

  /** The amount that systemic_when looks at, at its largest in any window. */
  #peak(rows: LiquidationRows, interest: number): number {
    const { metric, of, within_us } = this.#experiment.systemic;
    const amount = metric === 'notional' ? rows.notional : firstRows(rows.account);
    const peak = peakWithinWindow(rows.time_us, amount, within_us);
    if (of === 'open_interest') return interest > 0 ? peak / interest : 0;
    if (of === 'accounts') return peak / this.#simulation.layout.agents;
    return peak;
  }

  #isSystemic(peak: number): boolean {
    return peak >= this.#experiment.systemic.threshold;
  }

  #recordMap(run: number, map: readonly MapStep[], record: Recorder): void {
    for (const step of map) {
      record('map', [
        ...this.#labels,
        run,
        this.#scenario.instruments[step.instrument]!.name,
        step.side,
        step.percent,
        this.#money(step.breaking),
        this.#money(step.depth),
        step.depth > 0 ? step.breaking / step.depth : NaN,
      ]);
    }
  }

  #recordLosses(run: number, record: Recorder): void {
    const { log, count } = this.#simulation.house.losses;
    for (let row = 0; row < count; row++) {
      record('losses', [
        ...this.#labels,
        run,
        log.liquidation[row]!,
        log.time_us[row]! / 1e6,
        layerNames[log.layer[row]!]!,
        log.account[row]!,
        this.#money(log.quanta[row]!),
        log.lots[row]!,
        log.price[row]!,
      ]);
    }
  }

  #recordCalls(run: number, record: Recorder): void {
    const { calls, callCount } = this.#simulation.house;
    const seconds = (time_us: number) => (time_us < 0 ? NaN : time_us / 1e6);
    for (let row = 0; row < callCount; row++) {
      record('calls', [
        ...this.#labels,
        run,
        row,
        calls.account[row]!,
        calls.instrument[row]!,
        calls.parent[row]!,
        calls.generation[row]!,
        OUTCOMES[calls.outcome[row]!]!,
        calls.notices[row]!,
        calls.unmet[row]!,
        this.#money(calls.topped_up[row]!),
        seconds(calls.fill_us[row]!),
        seconds(calls.breach_us[row]!),
        seconds(calls.detected_us[row]!),
        seconds(calls.sent_us[row]!),
        seconds(calls.answered_us[row]!),
        seconds(calls.failed_us[row]!),
        seconds(calls.liquidated_us[row]!),
        seconds(calls.ended_us[row]!),
      ]);
    }
  }

  #recordLiquidations(run: number, record: Recorder): void {
    const { liquidations, liquidationCount } = this.#simulation.house;
    for (let row = 0; row < liquidationCount; row++) {
      record('liquidations', [
        ...this.#labels,
        run,
        row,
        liquidations.parent[row]!,
        liquidations.root[row]!,
        liquidations.generation[row]!,
        liquidations.account[row]!,
        liquidations.instrument[row]!,
        liquidations.time_us[row]! / 1e6,
        liquidations.lots[row]!,
        liquidations.filled[row]!,
        this.#money(liquidations.notional[row]!),
        this.#money(liquidations.fee[row]!),
        this.#money(liquidations.insured[row]!),
        this.#money(liquidations.shared[row]!),
        this.#money(liquidations.written_off[row]!),
      ]);
    }
  }
}

/** 1 for the first row of each account, 0 for its later ones. */
function firstRows(account: ArrayLike<number>): Float64Array {
  const seen = new Set<number>();
  return Float64Array.from(account, (one) => {
    if (seen.has(one)) return 0;
    seen.add(one);
    return 1;
  });
}
