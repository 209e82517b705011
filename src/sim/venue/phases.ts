/** When markets call and when they trade: halts end after their time, and batches follow each other. */
import type { Agenda } from '../terms/agenda.ts';
import { UNCROSS } from '../terms/events.ts';
import type { WorldTables } from '../scenario/tables.ts';
import type { CallPeriods, TradingRules } from '../terms/trading-rules.ts';

export class Phases implements CallPeriods {
  private readonly rules: readonly TradingRules[];
  private readonly queue: Agenda;
  private readonly columns: WorldTables['phases'];

  constructor(rules: readonly TradingRules[], queue: Agenda, tables: WorldTables) {
    this.rules = rules;
    this.queue = queue;
    this.columns = tables.phases;
  }

  isHalted(instrument: number): boolean {
    return this.columns.halted[instrument] !== 0;
  }

  until(instrument: number): number {
    return this.columns.until_us[instrument]!;
  }

  haltSpread(instrument: number): number {
    const makers = this.rules[instrument]!.halt?.makers;
    return makers?.kind === 'spread' ? makers.share : 0;
  }

  haltLots(instrument: number): number {
    const makers = this.rules[instrument]!.halt?.makers;
    return makers?.kind === 'size' ? makers.lots : 0;
  }

  /** Halts so far. */
  halts(instrument: number): number {
    return this.columns.halts[instrument]!;
  }

  isBatched(instrument: number): boolean {
    return this.rules[instrument]!.batch_us > 0;
  }

  /** A halt has begun. */
  halt(instrument: number): void {
    const { columns } = this;
    columns.halted[instrument] = 1;
    columns.halts[instrument] = columns.halts[instrument]! + 1;
    this.end(instrument, this.rules[instrument]!.halt!.call_us);
  }

  /** A batch has begun. */
  batch(instrument: number): void {
    this.end(instrument, this.rules[instrument]!.batch_us);
  }

  /** Trading goes on after a halt. */
  reopen(instrument: number): void {
    this.columns.halted[instrument] = 0;
  }

  private end(instrument: number, after_us: number): void {
    const until = this.queue.now + after_us;
    this.columns.until_us[instrument] = until;
    this.queue.schedule(until, UNCROSS, 0, instrument);
  }
}
