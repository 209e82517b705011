/**
 * The liquidator: answers to margin calls, and what the rungs of the call ladder decide, carried out as orders into the
 * same book that everybody trades in.
 */
import type { ClearingHouse } from '../clearing/house.ts';
import type { Ledger } from '../clearing/ledger.ts';
import { CALL_MET } from '../clearing/schema.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Side } from '../market/book.ts';
import { anyPrice, BUY, SELL } from '../market/book.ts';
import { CALLED, VISIT } from './events.ts';
import type { Scenario } from './scenario.ts';
import type { WorldTables } from './tables.ts';
import type { Venue } from './venue.ts';

export class Liquidator {
  private readonly house: ClearingHouse;
  private readonly ledger: Ledger;
  private readonly queue: EventQueue;
  private readonly venue: Venue;
  private readonly margined: Uint8Array;
  private readonly notice: number;

  constructor(scenario: Scenario, tables: WorldTables, queue: EventQueue, venue: Venue) {
    this.house = venue.house;
    this.ledger = venue.house.ledger;
    this.queue = queue;
    this.venue = venue;
    this.margined = tables.accounts.margined;
    this.notice = scenario.latency.notice_us;
  }

  /** Money from a trader's reserve arrives; a call that it meets ends. */
  topUp(account: number, quanta: number): void {
    const { house } = this;
    const reserve = house.ledger.accounts.reserve;
    const amount = quanta < reserve[account]! ? quanta : reserve[account]!;
    if (amount <= 0) return;
    reserve[account] = reserve[account]! - amount;
    this.ledger.mint(account, amount);
    if (this.margined[account] === 0) return;
    if (!house.inDistress(account)) {
      house.watch(account);
      return;
    }
    const call = house.ledger.accounts.call[account]! - 1;
    house.calls.topped_up[call] = house.calls.topped_up[call]! + amount;
    if (!house.isHealthy(account)) return;
    house.closeCall(this.queue.now, account, CALL_MET);
    house.watch(account);
  }

  /** The clearing house looks at an account on the call ladder, and does what the rung decides. */
  visit(account: number, call: number): void {
    const { house } = this;
    const now = this.queue.now;
    // The call may have been met, or closed and opened anew, since this look was scheduled.
    if (house.engineOff || house.ledger.accounts.call[account] !== call + 1) return;
    if (!house.visit(now, account)) return;
    const { demand, wait_us, close_ppm } = house.decision;
    if (demand > 0) {
      const row = this.queue.schedule(now + this.notice, CALLED, account, 0);
      this.queue.columns.x[row] = demand;
    }
    if (close_ppm > 0 && this.liquidate(account, house.calls.instrument[call]!)) return;
    const row = this.queue.schedule(now + wait_us, VISIT, account, 0);
    this.queue.columns.a[row] = call;
  }

  /**
   * Closes the decided share of every position at market. True: nothing is left, and the call is closed.
   * `breached`: the instrument whose mark or fill broke the account.
   */
  private liquidate(account: number, breached: number): boolean {
    const { house, venue } = this;
    const now = this.queue.now;
    let last = -1;
    venue.exchange.cancelAll(account, -1);
    for (let instrument = 0; instrument < this.ledger.instruments; instrument++) {
      const position = this.ledger.position(account, instrument);
      // What waits for an uncross is left to it.
      if (position === 0 || venue.exchange.isForcedOut(account, instrument)) continue;
      const side: Side = position > 0 ? SELL : BUY;
      const lots = house.lotsToClose(account, instrument);
      last = house.openLiquidation(now, account, instrument, position > 0 ? -lots : lots);
      const filled = venue.force(account, instrument, side, anyPrice(side), lots, last);
      house.closeLiquidation(last, filled, venue.forcedValue);
      venue.afterCommand(instrument);
    }
    if (!this.ledger.isFlat(account)) return false;
    // Its own trades had closed everything and left a debt: a row of no lots carries the loss.
    if (last < 0) last = house.openLiquidation(now, account, breached, 0);
    house.settleClosed(now, account, last);
    return true;
  }
}
