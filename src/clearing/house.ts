/**
 * The clearing house: watches the health of margined accounts, takes them down the call ladder, and shares out what is
 * lost. It reads marks and positions, keeps the logs of calls and liquidations, and says what is to be done; placing
 * orders and scheduling is the engine's.
 */
import { CapacityError } from '../core/errors.ts';
import type { Ledger } from './ledger.ts';
import type { MarginRule } from './margin/rule.ts';
import { shareOf } from './margin/rule.ts';
import type { Decision, Distress, Rung } from './rungs/rung.ts';
import { clearDecision } from './rungs/rung.ts';
import type { ClearingCapacity, ClearingTables } from './schema.ts';
import { CALL_LIQUIDATED, CALL_MET, CALL_OPEN, INSURANCE, WRITTEN_OFF } from './schema.ts';
import { Triggers } from './trigger.ts';
import type { LossLayer } from './waterfall/layer.ts';

/** What a policy consists of, compiled. */
export interface ClearingRules {
  readonly margin: MarginRule;
  readonly ladder: readonly Rung[];
  readonly waterfall: readonly LossLayer[];
  /** Share of liquidated notional paid to the insurance fund, as far as the account still has equity; ppm. */
  readonly liquidationFeePpm: number;
}

export class ClearingHouse {
  readonly ledger: Ledger;
  readonly triggers: Triggers;
  readonly calls: ClearingTables['calls'];
  readonly liquidations: ClearingTables['liquidations'];
  readonly rules: ClearingRules;
  /** What the present rung decided, valid after `visit` returned true. */
  readonly decision: Decision = { demand: 0, close_ppm: 0, wait_us: 0, next: false };
  private readonly distress: Distress = { equity: 0, maintenance: 0, initial: 0, visits: 0 };
  private readonly accounts: ClearingTables['accounts'];
  private readonly cell: ClearingTables['clearing_cell'];

  constructor(tables: ClearingTables, capacity: ClearingCapacity, ledger: Ledger, rules: ClearingRules) {
    this.ledger = ledger;
    this.rules = rules;
    this.triggers = new Triggers(tables, capacity, ledger, rules.margin);
    this.calls = tables.calls;
    this.liquidations = tables.liquidations;
    this.accounts = tables.accounts;
    this.cell = tables.clearing_cell;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.triggers.reset();
  }

  get callCount(): number {
    return this.cell.calls[0]!;
  }

  get liquidationCount(): number {
    return this.cell.liquidations[0]!;
  }

  /** True when nobody is called or liquidated (a counterfactual: what the same market would have done). */
  get engineOff(): boolean {
    return this.cell.engine_off[0] !== 0;
  }

  switchEngineOff(): void {
    this.cell.engine_off[0] = 1;
  }

  isHealthy(account: number): boolean {
    return this.ledger.isFlat(account)
      ? this.ledger.equity(account) >= 0
      : this.ledger.equity(account) > this.triggers.maintenance(account);
  }

  inDistress(account: number): boolean {
    return this.accounts.stage[account] !== 0;
  }

  /** Puts a healthy account on the trigger ladder; false when it is in breach instead. */
  watch(account: number): boolean {
    const { ledger, triggers } = this;
    triggers.lift(account);
    if (ledger.isFlat(account)) return ledger.equity(account) >= 0;
    const slack = ledger.equity(account) - triggers.maintenance(account);
    if (slack <= 0) return false;
    triggers.place(account, slack);
    return true;
  }

  /** Opens a call for an account in breach, with the cause of the breach. Returns the call's row. */
  openCall(time: number, account: number, instrument: number, fill: number, parent: number): number {
    const { calls } = this;
    const row = this.cell.calls[0]!;
    if (row === calls.account.length) throw new CapacityError('calls', row, 'capacity.calls');
    this.cell.calls[0] = row + 1;
    calls.account[row] = account;
    calls.instrument[row] = instrument;
    calls.parent[row] = parent;
    calls.generation[row] = parent < 0 ? 1 : this.liquidations.generation[parent]! + 1;
    calls.fill[row] = fill;
    calls.mark[row] = this.ledger.marks[instrument]!;
    calls.outcome[row] = CALL_OPEN;
    calls.breach_us[row] = time;
    calls.detected_us[row] = -1;
    calls.ended_us[row] = -1;
    this.accounts.stage[account] = 1;
    this.accounts.visits[account] = 0;
    this.accounts.call[account] = row + 1;
    return row;
  }

  /**
   * Looks at an account on the ladder. False: it is healthy again, its call is closed and it is watched as before.
   * True: `decision` says what the present rung does; the account's place on the ladder has moved on accordingly.
   */
  visit(time: number, account: number): boolean {
    const accounts = this.accounts;
    const call = accounts.call[account]! - 1;
    if (this.calls.detected_us[call] === -1) this.calls.detected_us[call] = time;
    if (this.isHealthy(account)) {
      this.closeCall(time, account, CALL_MET);
      this.watch(account);
      return false;
    }
    const distress = this.distress;
    distress.equity = this.ledger.equity(account);
    distress.maintenance = this.triggers.maintenance(account);
    distress.initial = this.triggers.initial(account);
    distress.visits = accounts.visits[account]!;
    const { decision } = this;
    clearDecision(decision);
    const stage = accounts.stage[account]!;
    this.rules.ladder[stage - 1]!.visit(distress, decision);
    if (decision.demand > 0) this.calls.notices[call] = this.calls.notices[call]! + 1;
    if (decision.next && stage < this.rules.ladder.length) {
      accounts.stage[account] = stage + 1;
      accounts.visits[account] = 0;
    } else {
      accounts.visits[account] = distress.visits + 1;
    }
    return true;
  }

  /** Lots (unsigned) of one position that the decision closes: rounded up, so that the last lot goes too. */
  lotsToClose(account: number, instrument: number): number {
    const lots = this.ledger.position(account, instrument);
    return shareOf(lots < 0 ? -lots : lots, this.decision.close_ppm);
  }

  /** Opens the row of a forced order of `lots` (negative: a sale). Its cause is that of the account's open call. */
  openLiquidation(time: number, account: number, instrument: number, lots: number): number {
    const { liquidations, calls } = this;
    const row = this.cell.liquidations[0]!;
    if (row === liquidations.account.length)
      throw new CapacityError('liquidations', row, 'capacity.liquidations');
    this.cell.liquidations[0] = row + 1;
    const call = this.accounts.call[account]! - 1;
    const parent = calls.parent[call]!;
    liquidations.call[row] = call;
    liquidations.account[row] = account;
    liquidations.instrument[row] = instrument;
    liquidations.generation[row] = calls.generation[call]!;
    liquidations.parent[row] = parent;
    liquidations.root[row] = parent < 0 ? row : liquidations.root[parent]!;
    liquidations.lots[row] = lots;
    liquidations.mark[row] = this.ledger.marks[instrument]!;
    liquidations.time_us[row] = time;
    return row;
  }

  /**
   * Records what a forced order has executed, and takes the liquidation fee from what equity is left. May be called again:
   * an order that waits in a call period executes later.
   */
  closeLiquidation(row: number, filledLots: number, notional: number): void {
    const { liquidations, ledger } = this;
    const account = liquidations.account[row]!;
    liquidations.filled[row] = liquidations.filled[row]! + filledLots;
    liquidations.notional[row] = liquidations.notional[row]! + notional;
    if (this.rules.liquidationFeePpm === 0 || notional === 0) return;
    const equity = ledger.equity(account);
    const due = shareOf(notional, this.rules.liquidationFeePpm);
    const fee = due < equity ? due : equity;
    if (fee <= 0) return;
    ledger.transfer(account, INSURANCE, fee);
    liquidations.fee[row] = liquidations.fee[row]! + fee;
  }

  /** Everything is closed: a debt goes down the waterfall, and the call ends. `row`: the last forced order. */
  settleClosed(time: number, account: number, row: number): void {
    const debt = -this.accounts.quote[account]!;
    if (debt > 0) this.absorb(account, debt, row);
    this.closeCall(time, account, CALL_LIQUIDATED);
  }

  closeCall(time: number, account: number, outcome: number): void {
    const call = this.accounts.call[account]! - 1;
    this.calls.outcome[call] = outcome;
    this.calls.ended_us[call] = time;
    this.accounts.call[account] = 0;
    this.accounts.stage[account] = 0;
    this.accounts.visits[account] = 0;
  }

  /** Layers pay in order; what the last one leaves is written off. */
  private absorb(account: number, debt: number, row: number): void {
    const { liquidations, ledger } = this;
    let loss = debt;
    for (const layer of this.rules.waterfall) {
      const paid = layer.pays(loss, this.accounts.quote[layer.account]!);
      if (paid <= 0) continue;
      ledger.transfer(layer.account, account, paid);
      if (layer.account === WRITTEN_OFF)
        liquidations.written_off[row] = liquidations.written_off[row]! + paid;
      else liquidations.insured[row] = liquidations.insured[row]! + paid;
      loss -= paid;
      if (loss === 0) return;
    }
    ledger.transfer(WRITTEN_OFF, account, loss);
    liquidations.written_off[row] = liquidations.written_off[row]! + loss;
  }
}
