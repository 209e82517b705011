/**
 * The venue: where commands become fills, fills become money and positions, prices become marks, and marks reach the
 * accounts that they break. One direction: command → book → fills → ledger → mark → triggers → call → event queue.
 */
import type { ClearingHouse } from '../clearing/house.ts';
import type { Ledger } from '../clearing/ledger.ts';
import { CALL_MET } from '../clearing/schema.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Side, Book } from '../market/book.ts';
import { anyPrice, BUY, NO_CAUSE, SELL } from '../market/book.ts';
import type { MarkInputs } from '../market/mark.ts';
import { CALLED, MARK_PUBLISH, VISIT } from './events.ts';
import type { Scenario } from './scenario.ts';
import type { WorldTables } from './tables.ts';

/** No fill made it: the mark moved because quotes did, or the requirement changed. */
export const NO_FILL = -1;

export class Venue {
  readonly book: Book;
  readonly house: ClearingHouse;
  private readonly scenario: Scenario;
  private readonly queue: EventQueue;
  private readonly ledger: Ledger;
  private readonly margined: Uint8Array;
  private readonly prices: WorldTables['prices'];
  private readonly fillsAtOnce: number;
  /** By instrument, 1: its mark follows every event. */
  private readonly marksEveryEvent: Uint8Array;
  private readonly inputs: MarkInputs = { last: 0, bid: 0, ask: 0, index: 0, elapsed_us: 0, previous: 0 };

  constructor(scenario: Scenario, tables: WorldTables, queue: EventQueue, book: Book, house: ClearingHouse) {
    this.scenario = scenario;
    this.queue = queue;
    this.marksEveryEvent = Uint8Array.from(scenario.instruments, ({ mark }) => (mark.every_us === 0 ? 1 : 0));
    this.book = book;
    this.house = house;
    this.ledger = house.ledger;
    this.margined = tables.accounts.margined;
    this.prices = tables.prices;
    // Half the ring: the fills just settled stay readable for the accounts that they broke.
    this.fillsAtOnce = scenario.capacity.fills >> 1;
  }

  /** A limit order arrives; negative lots sell. `immediate`: what does not trade at once is dropped. */
  limit(
    account: number,
    instrument: number,
    lots: number,
    price: number,
    tag: number,
    immediate: boolean,
  ): void {
    const side: Side = lots > 0 ? BUY : SELL;
    const size = lots > 0 ? lots : -lots;
    const rest = this.execute(account, instrument, side, price, size, tag, NO_CAUSE);
    if (rest > 0 && !immediate) this.book.rest(instrument, side, price, rest, account, tag, NO_CAUSE);
    this.afterCommand(instrument);
  }

  /** A market order arrives; negative lots sell. What finds no counterparty is dropped. Returns the lots left. */
  market(account: number, instrument: number, lots: number, tag: number): number {
    const side: Side = lots > 0 ? BUY : SELL;
    const size = lots > 0 ? lots : -lots;
    const rest = this.execute(account, instrument, side, anyPrice(side), size, tag, NO_CAUSE);
    this.afterCommand(instrument);
    return rest;
  }

  cancelTag(account: number, instrument: number, tag: number): void {
    const order = this.book.find(account, tag);
    if (order < 0) return;
    this.book.remove(order);
    this.afterCommand(instrument);
  }

  cancelOldest(account: number): void {
    const order = this.book.oldest(account);
    if (order < 0) return;
    const instrument = this.book.orders.line[order]! >> 1;
    this.book.remove(order);
    this.afterCommand(instrument);
  }

  cancelAll(account: number, instrument: number): void {
    if (this.book.cancelAll(account, instrument) > 0) this.afterCommand(instrument);
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

  /** Takes a sample of the mark; it is published now or after the mark's latency. */
  sampleMark(instrument: number): void {
    const now = this.queue.now;
    const prices = this.prices;
    const inputs = this.inputs;
    inputs.last = this.book.lastPrice(instrument);
    inputs.bid = this.book.bestBid(instrument);
    inputs.ask = this.book.bestAsk(instrument);
    inputs.index = prices.index[instrument]!;
    inputs.previous = prices.mark[instrument]!;
    inputs.elapsed_us = now - prices.sampled_us[instrument]!;
    const value = this.scenario.instruments[instrument]!.mark.rule.sample(inputs);
    prices.mark[instrument] = value;
    prices.sampled_us[instrument] = now;
    const mark = Math.max(1, Math.round(value));
    if (mark === Math.max(1, Math.round(inputs.previous))) return;
    const latency = this.scenario.latency.mark_us;
    if (latency === 0) {
      this.publishMark(instrument, mark);
      return;
    }
    const row = this.queue.schedule(now + latency, MARK_PUBLISH, 0, instrument);
    this.queue.columns.a[row] = mark;
  }

  /** Sets the mark (ticks), and opens calls for the accounts whose trigger it has reached. */
  publishMark(instrument: number, mark: number): void {
    const marks = this.ledger.marks;
    if (marks[instrument] === mark) return;
    marks[instrument] = mark;
    const { house } = this;
    if (house.engineOff) return;
    const { triggers } = house;
    for (;;) {
      const account = triggers.crossed(instrument, mark);
      if (account < 0) return;
      // With several positions a trigger is a reason to look, not yet a breach.
      if (house.watch(account)) continue;
      this.breach(account, instrument, this.fillThrough(account, instrument, triggers.crossedPrice));
    }
  }

  /** Requirements have changed: every watched account is looked at again. */
  reviewAll(instrument: number): void {
    const { house } = this;
    if (house.engineOff) return;
    for (let account = 0; account < this.margined.length; account++) {
      if (this.margined[account] === 0 || house.inDistress(account)) continue;
      if (!house.watch(account)) this.breach(account, instrument, NO_FILL);
    }
  }

  /** An account's money or positions changed (at its birth, or by a fill). */
  review(account: number, instrument: number, fill: number): void {
    const { house } = this;
    if (this.margined[account] === 0 || house.engineOff || house.inDistress(account)) return;
    if (!house.watch(account)) this.breach(account, instrument, fill);
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
      const row = this.queue.schedule(now + this.scenario.latency.notice_us, CALLED, account, 0);
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
    const { house, book } = this;
    const now = this.queue.now;
    let last = -1;
    book.cancelAll(account, -1);
    for (let instrument = 0; instrument < this.ledger.instruments; instrument++) {
      const position = this.ledger.position(account, instrument);
      if (position === 0) continue;
      const side: Side = position > 0 ? SELL : BUY;
      const lots = house.lotsToClose(account, instrument);
      last = house.openLiquidation(now, account, instrument, position > 0 ? -lots : lots);
      const money = this.ledger.accounts.quote[account]!;
      const rest = this.execute(account, instrument, side, anyPrice(side), lots, 0, last);
      const notional = Math.abs(this.ledger.accounts.quote[account]! - money);
      house.closeLiquidation(last, lots - rest, notional);
      this.afterCommand(instrument);
    }
    if (!this.ledger.isFlat(account)) return false;
    // Its own trades had closed everything and left a debt: a row of no lots carries the loss.
    if (last < 0) last = house.openLiquidation(now, account, breached, 0);
    house.settleClosed(now, account, last);
    return true;
  }

  /** Matches and settles. Returns the lots left. */
  private execute(
    account: number,
    instrument: number,
    side: Side,
    limit: number,
    lots: number,
    tag: number,
    cause: number,
  ): number {
    const { book } = this;
    const ledger = this.ledger;
    const { fills } = book;
    const { lots: traded, price: prices, maker: makers } = fills.columns;
    const now = this.queue.now;
    let rest = lots;
    for (;;) {
      const first = fills.count;
      rest = book.take(now, instrument, side, limit, rest, account, tag, cause, this.fillsAtOnce);
      const end = fills.count;
      if (end === first) break;
      for (let n = first; n < end; n++) {
        const row = fills.row(n);
        const maker = makers[row]!;
        if (side === BUY) ledger.settle(account, maker, instrument, traded[row]!, prices[row]!);
        else ledger.settle(maker, account, instrument, traded[row]!, prices[row]!);
        this.review(maker, instrument, n);
      }
      if (cause === NO_CAUSE) this.review(account, instrument, end - 1);
      this.recordExtremes(instrument);
      if (end - first < this.fillsAtOnce) break;
    }
    return rest;
  }

  private recordExtremes(instrument: number): void {
    const prices = this.prices;
    if (prices.reference[instrument] === 0) return;
    const last = this.book.lastPrice(instrument);
    if (last < prices.low[instrument]!) prices.low[instrument] = last;
    if (last > prices.high[instrument]!) prices.high[instrument] = last;
  }

  /** With a mark that follows every event: sample it if a trade or a change of the best prices could move it. */
  private afterCommand(instrument: number): void {
    if (this.marksEveryEvent[instrument] !== 0) this.sampleMark(instrument);
  }

  private breach(account: number, instrument: number, fill: number): void {
    const { book, house } = this;
    const parent = fill === NO_FILL ? NO_CAUSE : book.fills.sweeps.cause[book.fills.sweepOf(fill)]!;
    const call = house.openCall(this.queue.now, account, instrument, fill, parent);
    const at = this.queue.now + this.scenario.latency.liquidation_us;
    const row = this.queue.schedule(at, VISIT, account, instrument);
    this.queue.columns.a[row] = call;
  }

  /**
   * The latest fill that carried the traded price through a trigger: at or beyond it, after a fill (or a start) on the
   * near side of it. NO_FILL when the ring of latest fills holds none: quotes, not trades, moved the mark.
   */
  private fillThrough(account: number, instrument: number, trigger: number): number {
    const { fills } = this.book;
    const { columns, sweeps } = fills;
    const falling = this.ledger.position(account, instrument) > 0;
    const oldest = Math.max(0, fills.count - this.fillsAtOnce);
    let candidate = NO_FILL;
    for (let n = fills.count - 1; n >= oldest; n--) {
      const row = fills.row(n);
      if (sweeps.instrument[columns.sweep[row]!] !== instrument) continue;
      const price = columns.price[row]!;
      const beyond = falling ? price <= trigger : price >= trigger;
      if (beyond) candidate = n;
      else if (candidate !== NO_FILL) return candidate;
    }
    return candidate;
  }
}
