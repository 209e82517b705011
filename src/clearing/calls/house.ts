/**
 * The clearing house: watches the health of margined accounts, takes them down the call ladder, and shares out what is
 * lost. It reads marks and positions, keeps the log of calls, and says what is to be done; placing orders and scheduling
 * is the engine's.
 */
import type { Origin } from './call-log.ts';
import { CallLog } from './call-log.ts';
import { ForcedOrders } from './forced-orders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LiquidationFee } from './liquidation-fee.ts';
import { Losses } from '../waterfall/losses.ts';
import { atLevel, PPM } from '../margin/rule.ts';
import type { Decision, Distress, Rung } from './rungs/rung.ts';
import { clearDecision, newDecision } from './rungs/rung.ts';
import type { ClearingCapacity, ClearingTables } from '../schema.ts';
import { CALL_LIQUIDATED, CALL_MET } from '../schema.ts';
import type { Margin, Requirement } from '../risk/requirement.ts';
import { Triggers } from '../risk/watch.ts';
import type { LossLayer } from '../waterfall/layer.ts';

/** What a policy consists of, compiled. */
export interface ClearingRules {
  readonly margin: Margin;
  readonly ladder: readonly Rung[];
  readonly waterfall: readonly LossLayer[];
  /** Share of liquidated notional paid to the insurance fund, as far as the account still has equity. */
  readonly liquidationFee: LiquidationFee;
  /** Equity below which no money is given back, ppm of the maintenance requirement. */
  readonly releasePpm: number;
  /** True: an order enters only if the account could carry the position at worst. */
  readonly checksOrders: boolean;
  /** How fund and vault close what they took over: a share (ppm) of it each time; left out: they keep it. */
  readonly unwind?: { readonly every_us: number; readonly share_ppm: number };
}

/**
 * Time until an account that waits above its rung's level is looked at, to see whether it has recovered; or one that has
 * been looked at again and again at one time, and nothing came of it.
 */
const LOOK_AGAIN_US = 10_000_000;

export class ClearingHouse {
  readonly ledger: Ledger;
  readonly requirement: Requirement;
  readonly triggers: Triggers;
  readonly calls: ClearingTables['calls'];
  readonly log: CallLog;
  readonly liquidations: ClearingTables['liquidations'];
  readonly forced: ForcedOrders;
  readonly losses: Losses;
  readonly rules: ClearingRules;
  /** What the present rung decided, valid after `visit` returned true. */
  readonly decision: Decision = newDecision();
  private readonly distress: Distress = {
    equity: 0,
    maintenance: 0,
    initial: 0,
    free: 0,
    visits: 0,
    unmet: 0,
  };
  /** Level at which a healthy account is first looked at, ppm of its maintenance requirement. */
  private readonly topLevel: number;
  /** Visits at one time, at most: some more than any ladder needs that goes on at once from rung to rung. */
  private readonly mostLooks: number;
  private readonly accounts: ClearingTables['accounts'];
  private readonly cell: ClearingTables['clearing_cell'];

  constructor(tables: ClearingTables, capacity: ClearingCapacity, ledger: Ledger, rules: ClearingRules) {
    this.ledger = ledger;
    this.rules = rules;
    const requirement = (this.requirement = rules.margin.of(ledger));
    this.triggers = new Triggers(tables, capacity, ledger, requirement);
    this.losses = new Losses(tables, ledger, requirement, rules.waterfall);
    this.calls = tables.calls;
    this.log = new CallLog(tables);
    this.liquidations = tables.liquidations;
    this.accounts = tables.accounts;
    this.cell = tables.clearing_cell;
    this.forced = new ForcedOrders(tables, ledger, requirement, rules.liquidationFee);
    this.topLevel = Math.max(...rules.ladder.map(({ at_ppm }) => at_ppm));
    this.mostLooks = 2 * rules.ladder.length + 2;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.triggers.reset();
  }

  get callCount(): number {
    return this.cell.calls[0]!;
  }

  get liquidationCount(): number {
    return this.forced.count;
  }

  /** True when nobody is called or liquidated (a counterfactual: what the same market would have done). */
  get engineOff(): boolean {
    return this.cell.engine_off[0] !== 0;
  }

  switchEngineOff(): void {
    this.cell.engine_off[0] = 1;
  }

  /** Above every level of the ladder (with nothing open: without debt). */
  isHealthy(account: number): boolean {
    return this.rungFor(account, this.ledger.equity(account), this.requirement.maintenance(account)) < 0;
  }

  inDistress(account: number): boolean {
    return this.accounts.stage[account] !== 0;
  }

  /**
   * Puts an account on the trigger ladder: a healthy one at the ladder's highest level, one in distress at the next
   * level that would move it on. False: it has come to its level, or below; a breach, or a deeper rung's turn.
   */
  watch(account: number): boolean {
    const { ledger, triggers } = this;
    triggers.lift(account);
    const distressed = this.inDistress(account);
    const equity = ledger.equity(account);
    if (ledger.isFlat(account)) {
      if (distressed) return true;
      // A debt that assets or coins cover: it breaks when they no longer do.
      if (equity >= 0 && ledger.owes(account)) triggers.place(account, equity + 1, PPM);
      return equity >= 0;
    }
    const maintenance = this.requirement.maintenance(account);
    if (!distressed) {
      const slack = equity - atLevel(maintenance, this.topLevel);
      if (slack <= 0) return false;
      triggers.place(account, slack, this.topLevel);
      return true;
    }
    const level = this.levelBelow(account);
    if (level === 0) return true;
    const slack = equity - atLevel(maintenance, level);
    if (slack <= 0) return false;
    triggers.place(account, slack, level);
    return true;
  }

  /** Opens a call for an account in breach, with what caused it. Returns the call's row. */
  openCall(time: number, account: number, instrument: number, origin: Readonly<Origin>): number {
    const { accounts } = this;
    const row = this.log.open(time, account, instrument, this.ledger.marks[instrument]!);
    this.log.blame(row, origin);
    const rung = this.rungFor(account, this.ledger.equity(account), this.requirement.maintenance(account));
    accounts.call[account] = row + 1;
    this.enter(account, Math.max(0, rung));
    this.watch(account);
    return row;
  }

  /** An account in distress has fallen to a deeper level: what it comes to from here has this cause. */
  deepen(account: number, origin: Readonly<Origin>): void {
    const call = this.accounts.call[account]! - 1;
    this.log.blame(call, origin);
    const rung = this.rungFor(account, this.ledger.equity(account), this.requirement.maintenance(account));
    this.log.reach(call, this.rules.ladder[rung]!.at_ppm);
    this.watch(account);
  }

  /**
   * Looks at an account on the ladder. False: it is healthy again, its call is closed and it is watched as before.
   * True: `decision` says what is to be done now; the account's place on the ladder has moved on accordingly.
   */
  visit(time: number, account: number): boolean {
    const { accounts, calls, decision, distress } = this;
    const call = accounts.call[account]! - 1;
    if (calls.detected_us[call] === -1) calls.detected_us[call] = time;
    distress.equity = this.ledger.equity(account);
    distress.maintenance = this.requirement.maintenance(account);
    const rung = this.rungFor(account, distress.equity, distress.maintenance);
    if (rung < 0) {
      this.closeCall(time, account, CALL_MET);
      this.watch(account);
      return false;
    }
    const present = this.settleStage(account, rung);
    this.log.endGrace(time, call);
    clearDecision(decision);
    if (this.isAbove(account, present)) {
      // Not there yet: it has been warned or called at a higher level, and is watched for this one.
      decision.wait_us = LOOK_AGAIN_US;
    } else {
      distress.initial = this.requirement.initial(account);
      distress.free = this.ledger.free(account);
      distress.visits = accounts.visits[account]!;
      distress.unmet = calls.unmet[call]!;
      this.rules.ladder[present]!.visit(distress, decision);
      const pulled = decision.pull > 0 ? this.ledger.pledge(account, decision.pull) : 0;
      this.log.carryOut(time, call, decision, pulled);
      if (decision.next && present + 1 < this.rules.ladder.length) {
        accounts.stage[account] = present + 2;
        accounts.visits[account] = 0;
      } else {
        accounts.visits[account] = distress.visits + 1;
      }
    }
    if (this.log.looks(time, call) > this.mostLooks && decision.wait_us < LOOK_AGAIN_US) {
      decision.wait_us = LOOK_AGAIN_US;
    }
    this.watch(account);
    return true;
  }

  /** The trader's answer has come: money (quanta; it is in the account already), or word that there is none (0). */
  answered(time: number, account: number, quanta: number): void {
    const call = this.accounts.call[account]! - 1;
    if (call >= 0) this.log.answered(time, call, quanta);
  }

  /** Equity (quanta) that withdrawals leave: the initial margin, and the policy's release level. */
  releaseLevel(account: number): number {
    const initial = this.requirement.initial(account);
    const level = atLevel(this.requirement.maintenance(account), this.rules.releasePpm);
    // At a level of the ladder an account would be called: stay a quantum above.
    const top = atLevel(this.requirement.maintenance(account), this.topLevel) + 1;
    return Math.max(initial, level, this.ledger.isFlat(account) ? 0 : top);
  }

  /**
   * True if equity covers the initial margin of what the account would hold at worst, had these open orders (lots to
   * buy and to sell in one instrument) all traded on one side. `cost`: quanta that it would lose by that at once.
   */
  affords(account: number, instrument: number, buying: number, selling: number, cost = 0): boolean {
    const { ledger, requirement } = this;
    const position = ledger.position(account, instrument);
    const bought = position + buying;
    const sold = position - selling;
    const has = ledger.equity(account) - cost;
    if (has < requirement.initialWith(account, instrument, bought)) return false;
    return sold === bought || has >= requirement.initialWith(account, instrument, sold);
  }

  /**
   * Hands (part of) a position that the book could not take to the layers of the waterfall that take positions: fund,
   * vault, opposite accounts. Settles through the ledger, at the bankruptcy price if the layer does not say otherwise, so
   * what is lost is lost here and leaves no debt. Where it would, collateral assets are sold first. `lots`: unsigned; `row`: the forced order that it belongs to. Returns
   * the lots that nobody took, which stay with the account.
   *
   * Rows that this adds to `losses.log` name the accounts it touched; their triggers have moved (`Breaches.reviewBearers`).
   */
  takeOver(time: number, account: number, instrument: number, lots: number, row: number): number {
    if (lots === 0) return 0;
    const lacking = -this.ledger.worth(account);
    if (lacking > 0) this.ledger.sellCollateral(account, lacking);
    return this.losses.handOver(time, account, instrument, lots, row);
  }

  /**
   * Everything is closed: coins become money, a debt is paid from collateral assets, its rest goes down the waterfall, and the call ends. `row`: the last forced order; `outcome`:
   * CALL_LIQUIDATED or CALL_TAKEN_OVER.
   * Rows added to `losses.log` name who paid, as with `takeOver`.
   */
  settleClosed(time: number, account: number, row: number, outcome = CALL_LIQUIDATED): void {
    this.ledger.convert(account);
    const owed = -this.accounts.quote[account]!;
    if (owed > 0) this.ledger.sellCollateral(account, owed);
    const debt = -this.accounts.quote[account]!;
    if (debt > 0) this.losses.absorb(time, account, debt, row);
    this.closeCall(time, account, outcome);
  }

  /** Ends the account's episode of distress. CALL_…: how. */
  closeCall(time: number, account: number, outcome: number): void {
    const call = this.accounts.call[account]! - 1;
    this.calls.outcome[call] = outcome;
    this.calls.ended_us[call] = time;
    this.accounts.call[account] = 0;
    this.accounts.stage[account] = 0;
    this.accounts.visits[account] = 0;
  }

  /**
   * The ladder is another one than when the account's call began: it comes to the rung that its health says. False: by
   * this ladder it is healthy, and its call is closed.
   */
  reenter(time: number, account: number): boolean {
    const rung = this.rungFor(account, this.ledger.equity(account), this.requirement.maintenance(account));
    if (rung < 0) this.closeCall(time, account, CALL_MET);
    else this.enter(account, rung);
    return rung >= 0;
  }

  /** True if the account may only reduce its positions. */
  isRestricted(account: number): boolean {
    const call = this.accounts.call[account]! - 1;
    return call >= 0 && this.calls.restricted[call] !== 0;
  }

  /** The first rung of the deepest level that the account's health has come to; -1: it is above them all. */
  private rungFor(account: number, equity: number, maintenance: number): number {
    if (this.ledger.isFlat(account)) return equity >= 0 ? -1 : this.rules.ladder.length - 1;
    const { ladder } = this.rules;
    let found = -1;
    for (let i = 0; i < ladder.length; i++) {
      const { at_ppm } = ladder[i]!;
      if (equity > atLevel(maintenance, at_ppm)) continue;
      if (found < 0 || at_ppm < ladder[found]!.at_ppm) found = i;
    }
    return found;
  }

  /**
   * Moves the account to the rung whose turn it is, given the first one of its level: down at once when that is deeper
   * than its own; back up when its own rung has acted and it has recovered above that. Returns the rung.
   */
  private settleStage(account: number, rung: number): number {
    const { ladder } = this.rules;
    const { stage, visits } = this.accounts;
    const present = stage[account]! - 1;
    const level = ladder[rung]!.at_ppm;
    const deeper = level < ladder[present]!.at_ppm;
    const recovered = visits[account]! > 0 && this.isAbove(account, present);
    this.log.reach(this.accounts.call[account]! - 1, level);
    if (deeper || recovered) this.enter(account, rung);
    return stage[account]! - 1;
  }

  private enter(account: number, rung: number): void {
    this.accounts.stage[account] = rung + 1;
    this.accounts.visits[account] = 0;
    this.calls.level_ppm[this.accounts.call[account]! - 1] = this.rules.ladder[rung]!.at_ppm;
  }

  /** True if the account's health (as `distress` has it) is above the level of a rung. */
  private isAbove(account: number, rung: number): boolean {
    const { equity, maintenance } = this.distress;
    if (this.ledger.isFlat(account)) return false;
    return equity > atLevel(maintenance, this.rules.ladder[rung]!.at_ppm);
  }

  /** The next level, from the account's present rung on, below the deepest that it has come to; 0: none. */
  private levelBelow(account: number): number {
    const { ladder } = this.rules;
    const reached = this.calls.level_ppm[this.accounts.call[account]! - 1]!;
    let level = 0;
    for (let i = this.accounts.stage[account]! - 1; i < ladder.length; i++) {
      const { at_ppm } = ladder[i]!;
      if (at_ppm > level && at_ppm < reached) level = at_ppm;
    }
    return level;
  }
}
