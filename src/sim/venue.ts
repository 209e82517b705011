/**
 * The venue: where commands become fills, fills become money and positions, prices become marks, and marks reach the
 * accounts that they break. One direction: command → book → fills → ledger → mark → triggers → call → event queue.
 */
import type { ClearingHouse } from '../clearing/house.ts';
import type { Ledger } from '../clearing/ledger.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Side, Book } from '../market/book.ts';
import { anyPrice, BUY, NO_CAUSE, SELL } from '../market/book.ts';
import type { MarkInputs } from '../market/mark.ts';
import type { Breaches } from './breaches.ts';
import { MARK_PUBLISH } from './events.ts';
import { OrderCheck } from './order-check.ts';
import type { Scenario } from './scenario.ts';
import type { WorldTables } from './tables.ts';

export class Venue {
  readonly book: Book;
  readonly house: ClearingHouse;
  private readonly scenario: Scenario;
  private readonly queue: EventQueue;
  private readonly ledger: Ledger;
  private readonly breaches: Breaches;
  private readonly check: OrderCheck;
  private readonly prices: WorldTables['prices'];
  private readonly fillsAtOnce: number;
  /** By instrument, 1: its mark follows every event. */
  private readonly marksEveryEvent: Uint8Array;
  private readonly inputs: MarkInputs = { last: 0, bid: 0, ask: 0, index: 0, elapsed_us: 0, previous: 0 };

  constructor(
    scenario: Scenario,
    tables: WorldTables,
    queue: EventQueue,
    book: Book,
    house: ClearingHouse,
    breaches: Breaches,
  ) {
    this.scenario = scenario;
    this.queue = queue;
    this.marksEveryEvent = Uint8Array.from(scenario.instruments, ({ mark }) => (mark.every_us === 0 ? 1 : 0));
    this.book = book;
    this.house = house;
    this.ledger = house.ledger;
    this.breaches = breaches;
    this.check = new OrderCheck(house, book, tables.accounts.margined);
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
    const admitted = this.check.admits(account, instrument, lots);
    if (admitted === 0) return;
    const side: Side = lots > 0 ? BUY : SELL;
    const size = admitted > 0 ? admitted : -admitted;
    const rest = this.execute(account, instrument, side, price, size, tag, NO_CAUSE);
    if (rest > 0 && !immediate) this.book.rest(instrument, side, price, rest, account, tag, NO_CAUSE);
    this.afterCommand(instrument);
  }

  /** A market order arrives; negative lots sell. What finds no counterparty is dropped. Returns the lots left. */
  market(account: number, instrument: number, lots: number, tag: number): number {
    const admitted = this.check.admits(account, instrument, lots);
    if (admitted === 0) return Math.abs(lots);
    const side: Side = lots > 0 ? BUY : SELL;
    const size = admitted > 0 ? admitted : -admitted;
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
    if (this.ledger.marks[instrument] === mark) return;
    this.ledger.setMark(instrument, mark);
    this.breaches.reach(instrument, mark);
  }

  /** Matches and settles. `cause`: the liquidation that orders it, or NO_CAUSE. Returns the lots left. */
  execute(
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
        this.breaches.review(maker, instrument, n);
      }
      if (cause === NO_CAUSE) this.breaches.review(account, instrument, end - 1);
      this.recordExtremes(instrument);
      if (end - first < this.fillsAtOnce) break;
    }
    if (rest !== lots) this.prices.volume[instrument] = this.prices.volume[instrument]! + lots - rest;
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
  afterCommand(instrument: number): void {
    if (this.marksEveryEvent[instrument] !== 0) this.sampleMark(instrument);
  }
}
