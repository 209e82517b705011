/**
 * The liquidator: what the rungs of the call ladder decide, carried out as orders into the same book that everybody
 * trades in, and as takeovers where the book is not asked.
 */
import type { ClearingHouse } from '../../../clearing/calls/house.ts';
import type { Ledger } from '../../../clearing/ledger/ledger.ts';
import { PPM } from '../../../clearing/margin/rule.ts';
import { CLOSE_NOTHING, NO_AUCTION } from '../../../clearing/calls/rungs/rung.ts';
import { CALL_LIQUIDATED, CALL_TAKEN_OVER } from '../../../clearing/schema.ts';
import type { Agenda } from '../../terms/agenda.ts';
import type { Side } from '../../../market/book.ts';
import { anyPrice, BUY, SELL } from '../../../market/book.ts';
import { newOrder } from '../../../market/order.ts';
import { FILL_OR_KILL, IMMEDIATE_OR_CANCEL } from '../../../market/reports.ts';
import type { Auctioneer } from './auctioneer.ts';
import type { Breaches } from '../breaches.ts';
import { NO_FILL, NO_INSTRUMENT } from '../breaches.ts';
import { CALLED } from '../../terms/events.ts';
import type { VenueSpec } from '../../scenario/scenario.ts';
import type { WorldTables } from '../../scenario/tables.ts';
import type { Unwinding } from './unwinding.ts';
import type { Commands } from '../commands.ts';

export class Liquidator {
  private readonly house: ClearingHouse;
  private readonly ledger: Ledger;
  private readonly queue: Agenda;
  private readonly commands: Commands;
  private readonly breaches: Breaches;
  private readonly prices: WorldTables['prices'];
  private readonly paces: WorldTables['paces'];
  private readonly notice: number;
  private readonly auctioneer: Auctioneer;
  private readonly unwinding: Unwinding;
  /** Of the visit at hand: an order found nobody in its book at any price; some traded. */
  private isAlone = false;
  private hasTraded = false;
  /** The forced order at hand. */
  private readonly forced = newOrder();

  constructor(
    spec: VenueSpec,
    tables: WorldTables,
    queue: Agenda,
    commands: Commands,
    breaches: Breaches,
    auctioneer: Auctioneer,
    unwinding: Unwinding,
  ) {
    this.auctioneer = auctioneer;
    this.unwinding = unwinding;
    this.house = commands.house;
    this.ledger = commands.house.ledger;
    this.queue = queue;
    this.commands = commands;
    this.breaches = breaches;
    this.prices = tables.prices;
    this.paces = tables.paces;
    this.notice = spec.latency.notice_us;
  }

  /** The clearing house looks at an account on the call ladder, and does what the rung decides. */
  visit(account: number, call: number, look: number): void {
    const { house } = this;
    const now = this.queue.now;
    // The call may have been met, or closed and opened anew, or another look announced, since this one was scheduled.
    if (house.engineOff || house.ledger.accounts.call[account] !== call + 1) return;
    if (house.calls.look[call] !== look || !house.visit(now, account)) return;
    const { decision } = house;
    if (decision.demand > 0 || decision.warn) {
      const row = this.queue.schedule(now + this.notice, CALLED, account, 0);
      this.queue.columns.x[row] = decision.demand;
    }
    if (decision.cancel) this.cancelOrders(account);
    const { wait_us } = decision;
    if (decision.close !== CLOSE_NOTHING) {
      if (this.liquidate(account, call)) return;
      // Its own orders moved the market against what is left: a deeper level is acted on at once.
      const fill = this.hasTraded ? this.commands.book.fills.count - 1 : NO_FILL;
      if (this.breaches.hasDeepened(account, NO_INSTRUMENT, fill)) return;
    }
    this.breaches.look(account, now + this.wait(call, wait_us));
  }

  /** Time to the next visit: longer and longer while there is nobody to trade with, if the rung says so. */
  private wait(call: number, wait_us: number): number {
    const { calls, decision } = this.house;
    const { longest_us } = decision;
    const alone = longest_us > 0 && this.isAlone && !this.hasTraded ? calls.alone[call]! + 1 : 0;
    calls.alone[call] = alone;
    if (alone < 2) return wait_us;
    return Math.min(longest_us, wait_us * (1 << Math.min(alone - 1, 30)));
  }

  private cancelOrders(account: number): void {
    const { commands } = this;
    for (let i = 0; i < this.ledger.instruments; i++) commands.cancelAll(account, i);
  }

  /** Closes what was decided of every position. True: nothing is left, and the call is closed. */
  private liquidate(account: number, call: number): boolean {
    const { house } = this;
    const { decision, forced } = house;
    const breached = house.calls.instrument[call]!;
    let last = -1;
    this.isAlone = false;
    this.hasTraded = false;
    this.commands.exchange.cancelAll(account, -1);
    forced.plan(account, decision, this.queue.now);
    for (let instrument = 0; instrument < this.ledger.instruments; instrument++) {
      if (this.ledger.position(account, instrument) === 0) continue;
      // What waits for an uncross is left to it.
      if (this.commands.exchange.isForcedOut(account, instrument)) continue;
      const lots = this.paced(call, instrument, forced.lots(account, instrument, decision));
      if (lots === 0) continue;
      const row = this.close(account, call, instrument, lots);
      if (row < 0) continue;
      last = row;
      this.paces.order[call * this.ledger.instruments + instrument] = row + 1;
    }
    this.notePace(call);
    if (!this.ledger.isFlat(account)) return false;
    // Its own trades had closed everything and left a debt: a row of no lots carries the loss.
    if (last < 0) last = forced.open(this.queue.now, account, breached, 0);
    const bearers = house.losses.count;
    const byBook = !decision.take_over && decision.auction === NO_AUCTION;
    house.settleClosed(this.queue.now, account, last, byBook ? CALL_LIQUIDATED : CALL_TAKEN_OVER);
    this.breaches.reviewBearers(bearers, breached);
    return true;
  }

  /** Closes lots of a position in the way decided. Returns the row, or -1 if nothing came of it. */
  private close(account: number, call: number, instrument: number, lots: number): number {
    const { decision } = this.house;
    if (decision.auction !== NO_AUCTION) return this.auctioneer.hold(account, instrument, lots);
    return decision.take_over
      ? this.handOver(account, instrument, lots)
      : this.order(account, call, instrument, lots);
  }

  /**
   * A forced order, at what it meets in the book. Returns its row; −1 where nobody would trade with it, as with the one
   * before: a market that is gone for an hour leaves one row, not one a try.
   */
  private order(account: number, call: number, instrument: number, lots: number): number {
    const { house, commands, ledger, forced: order } = this;
    const { forced, decision } = house;
    const long = ledger.position(account, instrument) > 0;
    const side: Side = long ? SELL : BUY;
    const limit = forced.limitPrice(account, instrument, decision);
    order.instrument = instrument;
    order.side = side;
    order.price = limit === 0 ? anyPrice(side) : limit;
    order.lots = lots;
    order.owner = account;
    order.how = decision.fill_or_kill ? FILL_OR_KILL : IMMEDIATE_OR_CANCEL;
    if (!commands.exchange.couldTrade(order)) {
      if (!commands.book.crosses(instrument, side, anyPrice(side))) this.isAlone = true;
      if (this.foundNobody(call, instrument)) return -1;
    }
    const row = forced.open(this.queue.now, account, instrument, long ? -lots : lots);
    const taken = commands.force(order, row);
    if (taken.lots > 0) this.hasTraded = true;
    forced.execute(row, taken.lots, taken.quanta);
    commands.marks.afterCommand(instrument);
    return row;
  }

  /** True if the call's last forced order in an instrument came to nothing. */
  private foundNobody(call: number, instrument: number): boolean {
    const { filled, taken_over } = this.house.liquidations;
    const row = this.paces.order[call * this.ledger.instruments + instrument]! - 1;
    return row >= 0 && filled[row] === 0 && taken_over[row] === 0;
  }

  /** The position goes to whoever takes it, without the book. Returns the row of what was to be closed. */
  private handOver(account: number, instrument: number, lots: number): number {
    const { house } = this;
    const long = this.ledger.position(account, instrument) > 0;
    const row = house.forced.open(this.queue.now, account, instrument, long ? -lots : lots);
    const bearers = house.losses.count;
    const left = house.takeOver(this.queue.now, account, instrument, lots, row);
    house.forced.rows.taken_over[row] = lots - left;
    this.unwinding.received(bearers);
    this.breaches.reviewBearers(bearers, instrument);
    return row;
  }

  /** Paced orders that follow count what is traded from here on, in each instrument. */
  private notePace(call: number): void {
    const { instruments } = this.ledger;
    for (let i = 0; i < instruments; i++) {
      this.paces.volume[call * instruments + i] = this.prices.volume[i]! | 0;
    }
  }

  /** Lots that an order may have at the pace of what the market has traded since the call's last paced order. */
  private paced(call: number, instrument: number, lots: number): number {
    const { decision } = this.house;
    if (decision.participation_ppm === 0) return lots;
    const before = this.paces.volume[call * this.ledger.instruments + instrument]!;
    const traded = ((this.prices.volume[instrument]! | 0) - before) & 0x7fffffff;
    return Math.min(lots, Math.floor((traded * decision.participation_ppm) / PPM));
  }
}
