/** The log of calls, one row an episode of distress: what caused it, what was asked and answered, and when. */
import { CapacityError } from '../../core/errors.ts';
import type { Decision } from './rungs/rung.ts';
import type { ClearingTables } from '../schema.ts';
import { CALL_OPEN } from '../schema.ts';

/** What brought an account into distress, or deeper into it: a fill, or the liquidation whose loss it bore; -1: none. */
export interface Origin {
  fill: number;
  /** When that was, µs. */
  fill_us: number;
  parent: number;
}

export const NO_ORIGIN: Readonly<Origin> = { fill: -1, fill_us: -1, parent: -1 };

export class CallLog {
  private readonly rows: ClearingTables['calls'];
  private readonly liquidations: ClearingTables['liquidations'];
  private readonly cell: ClearingTables['clearing_cell'];
  /** Columns of times that are still to come when a call opens. */
  private readonly moments: readonly Float64Array[];

  constructor(tables: ClearingTables) {
    this.rows = tables.calls;
    this.liquidations = tables.liquidations;
    this.cell = tables.clearing_cell;
    const { detected_us, sent_us, answered_us, failed_us, liquidated_us, ended_us } = tables.calls;
    this.moments = [detected_us, sent_us, answered_us, failed_us, liquidated_us, ended_us];
  }

  /** A new row. `mark`: ticks, of the instrument whose mark crossed the account's trigger. */
  open(time: number, account: number, instrument: number, mark: number): number {
    const { rows } = this;
    const row = this.cell.calls[0]!;
    if (row === rows.account.length) throw new CapacityError('calls', row, 'capacity.calls');
    this.cell.calls[0] = row + 1;
    rows.account[row] = account;
    rows.instrument[row] = instrument;
    rows.mark[row] = mark;
    rows.outcome[row] = CALL_OPEN;
    rows.breach_us[row] = time;
    for (const moment of this.moments) moment[row] = -1;
    return row;
  }

  /** Notes what brought the account to where it is. */
  blame(call: number, { fill, fill_us, parent }: Readonly<Origin>): void {
    const { rows } = this;
    rows.parent[call] = parent;
    rows.generation[call] = parent < 0 ? 1 : this.liquidations.generation[parent]! + 1;
    rows.fill[call] = fill;
    rows.fill_us[call] = fill_us;
  }

  /** The account's health has come to a level; a deeper one than before overtakes a demand that is out. */
  reach(call: number, level_ppm: number): void {
    const { level_ppm: levels, asked } = this.rows;
    if (level_ppm >= levels[call]!) return;
    levels[call] = level_ppm;
    asked[call] = 0;
  }

  /** Number of the visit that is due from now on; those announced before are void. */
  nextLook(call: number): number {
    const { look } = this.rows;
    look[call] = look[call]! + 1;
    return look[call];
  }

  /** Counts a visit. Returns how many the account has had at this time. */
  looks(time: number, call: number): number {
    const { looks, looked_us } = this.rows;
    looks[call] = looked_us[call] === time ? looks[call]! + 1 : 1;
    looked_us[call] = time;
    return looks[call];
  }

  /** The account is looked at again: if a demand is out (and no deeper level has overtaken it), its time is over. */
  endGrace(time: number, call: number): void {
    const { rows } = this;
    if (rows.asked[call] === 0) return;
    rows.asked[call] = 0;
    rows.unmet[call] = rows.unmet[call]! + 1;
    if (rows.failed_us[call] === -1) rows.failed_us[call] = time;
  }

  /** What a decision leaves in the row. `pulled`: quanta that came from the free balance. */
  carryOut(time: number, call: number, decision: Readonly<Decision>, pulled: number): void {
    const { rows } = this;
    if (decision.restrict) rows.restricted[call] = 1;
    rows.topped_up[call] = rows.topped_up[call]! + pulled;
    if (decision.demand <= 0) return;
    rows.asked[call] = 1;
    rows.notices[call] = rows.notices[call]! + 1;
    if (rows.sent_us[call] === -1) rows.sent_us[call] = time;
  }

  /** The trader's answer has come: money in quanta, or word that there is none (0). */
  answered(time: number, call: number, quanta: number): void {
    const { rows } = this;
    if (rows.answered_us[call] === -1) rows.answered_us[call] = time;
    rows.topped_up[call] = rows.topped_up[call]! + quanta;
  }
}
