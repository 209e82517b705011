/**
 * Commands at a venue: where they become fills, and fills become money and positions. One direction: command → book → fills →
 * ledger → mark → triggers → call → event queue.
 */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import { shareOf } from '../../clearing/margin/rule.ts';
import { OUTSIDE } from '../../clearing/schema.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import type { Book } from '../../market/book.ts';
import { anyPrice, BUY, NO_CAUSE, SELL } from '../../market/book.ts';
import { Exchange } from '../../market/exchange.ts';
import type { Order } from '../../market/order.ts';
import { newOrder } from '../../market/order.ts';
import { FILL_OR_KILL, FORCED, IMMEDIATE_OR_CANCEL, REDUCE_ONLY } from '../../market/reports.ts';
import type { Breaches } from './breaches.ts';
import { NO_FILL } from './breaches.ts';
import type { Agenda } from '../terms/agenda.ts';
import { EXPIRE } from '../terms/events.ts';
import type { FlowBelief } from './flow-belief.ts';
import { Marks } from './marks.ts';
import { OrderCheck } from './order-check.ts';
import { Phases } from './phases.ts';
import type { VenueLayout } from '../scenario/layout.ts';
import type { VenueSpec } from '../scenario/scenario.ts';
import type { Taken } from './settlement.ts';
import { Settlement } from './settlement.ts';
import type { WorldTables } from '../scenario/tables.ts';
import type { TradingRules } from '../terms/trading-rules.ts';
import { PLAIN_RULES } from '../terms/trading-rules.ts';

export class Commands {
  readonly book: Book;
  readonly house: ClearingHouse;
  readonly exchange: Exchange;
  readonly phases: Phases;
  readonly marks: Marks;
  /** The order of the command at hand. */
  readonly given = newOrder();
  private readonly rules: readonly TradingRules[];
  private readonly settlement: Settlement;
  private readonly queue: Agenda;
  private readonly ledger: Ledger;
  private readonly breaches: Breaches;
  private readonly check: OrderCheck;
  private readonly prices: WorldTables['prices'];

  constructor(
    spec: VenueSpec,
    layout: VenueLayout,
    tables: WorldTables,
    queue: Agenda,
    book: Book,
    house: ClearingHouse,
    breaches: Breaches,
    belief: FlowBelief,
  ) {
    this.queue = queue;
    this.book = book;
    this.house = house;
    this.ledger = house.ledger;
    this.breaches = breaches;
    this.prices = tables.prices;
    const rules = spec.instruments.map((instrument) => instrument.trading ?? PLAIN_RULES);
    this.rules = rules;
    this.phases = new Phases(rules, queue, tables);
    this.settlement = new Settlement(rules, tables, queue, book, house, breaches, this.phases, belief);
    this.exchange = new Exchange(tables, layout.market, rules, this.settlement, book);
    this.marks = new Marks(spec, tables.prices, queue, this.exchange, house.ledger, breaches);
    const ends = Float64Array.from(rules, (_, i) => house.ledger.contracts.expiry(i)?.at_us ?? Infinity);
    this.check = new OrderCheck(house, this.exchange, tables.accounts.margined, queue, ends);
  }

  /** Opens an instrument's market at a price, ticks. */
  open(instrument: number, price: number): void {
    this.exchange.opens(instrument, price);
    this.exchange.markMoved(instrument, price);
    if (!this.phases.isBatched(instrument)) return;
    this.exchange.beginAuction(instrument, price, 0);
    this.phases.batch(instrument);
  }

  /** An instrument's rules are others from now on than they were: a new halt band and batches begin. */
  changeRules(instrument: number, before: TradingRules): void {
    const { phases } = this;
    const exchange = this.begin(NO_CAUSE);
    const { halt } = this.rules[instrument]!;
    if (halt?.within_us !== before.halt?.within_us) exchange.restartBand(instrument);
    if (!phases.isBatched(instrument) || before.batch_us > 0) return;
    // A halt that is on ends with its uncross, which the first batch follows.
    phases.reopen(instrument);
    if (exchange.isCall(instrument)) return;
    exchange.beginAuction(instrument, this.ledger.marks[instrument]!, 0);
    phases.batch(instrument);
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
    const exchange = this.begin(NO_CAUSE);
    const order = this.plain(account, instrument, admitted, price, tag);
    if (immediate) {
      order.how = IMMEDIATE_OR_CANCEL;
      this.immediate(order);
    } else exchange.limit(order);
    this.marks.afterCommand(instrument);
  }

  /** A market order arrives; negative lots sell. What finds no counterparty is dropped, or waits in a call period. */
  market(account: number, instrument: number, lots: number, tag: number): void {
    const admitted = this.check.admits(account, instrument, lots);
    if (admitted === 0) return;
    this.begin(NO_CAUSE).market(this.plain(account, instrument, admitted, 0, tag));
    this.marks.afterCommand(instrument);
  }

  /** An order with terms arrives; a price of 0 is a market order. `until`: µs, 0 for good. */
  order(order: Order, until: number): void {
    if (!this.admits(order, until)) return;
    const exchange = this.begin(NO_CAUSE);
    let row = -1;
    if (order.price === 0) row = exchange.market(order);
    else if ((order.how & IMMEDIATE_OR_CANCEL) !== 0) this.immediate(order);
    else row = exchange.limit(order);
    if (row >= 0 && until > 0) this.expireAt(until, row, 1);
    this.marks.afterCommand(order.instrument);
  }

  /** A stop (or a take-profit) arrives; a price of 0 makes it a market order when it is set off. */
  stop(order: Order, until: number, takeProfit: boolean): void {
    if (!this.admits(order, until)) return;
    const exchange = this.begin(NO_CAUSE);
    const row = takeProfit ? exchange.takeProfit(order) : exchange.stop(order);
    if (row >= 0 && until > 0) this.expireAt(until, row, 1);
    this.marks.afterCommand(order.instrument);
  }

  /** Gives the oldest limit order with this tag a new price (ticks) and new open lots. */
  replace(account: number, tag: number, price: number, lots: number): void {
    const exchange = this.begin(NO_CAUSE);
    const row = exchange.open.find(account, tag);
    if (row < 0 || exchange.open.isAside(row)) return;
    const instrument = exchange.open.instrumentOf(row);
    const more = lots - exchange.open.openLots(row);
    const added = exchange.open.sideOf(row) === BUY ? more : -more;
    const checked = more > 0 && !exchange.open.isReduceOnly(row); // as on its arrival
    if (checked && this.check.admits(account, instrument, added) !== added) return;
    exchange.replace(row, price, lots);
    this.marks.afterCommand(instrument);
  }

  cancelTag(account: number, tag: number): void {
    this.cancel(this.exchange.open.find(account, tag));
  }

  cancelOldest(account: number): void {
    this.cancel(this.exchange.open.oldest(account));
  }

  /** Cancels an account's orders on one instrument. */
  cancelAll(account: number, instrument: number): void {
    if (this.exchange.cancelAll(account, instrument) > 0) this.marks.afterCommand(instrument);
  }

  /** An order's time is over, or the auction that it was for. */
  expire(row: number, arrival: number, timedOut: boolean): void {
    if (!this.exchange.open.isNamed(row, arrival)) return;
    const instrument = this.exchange.open.instrumentOf(row);
    this.exchange.cancel(row, timedOut ? 'expired' : 'ioc');
    this.marks.afterCommand(instrument);
  }

  /** A call period ends: a halt, or a batch, which the next one follows. */
  uncross(instrument: number): void {
    const exchange = this.begin(NO_CAUSE);
    const batched = this.phases.isBatched(instrument);
    if (!batched) this.phases.reopen(instrument);
    exchange.uncross(instrument, batched);
    if (batched) this.phases.batch(instrument);
    this.marks.afterCommand(instrument);
  }

  /**
   * A trader closes lots of its position on another venue, at the price there, rounded to a tick; the cost (ppm of the
   * value, rounded up) goes there, too. This venue sees its position shrink, and no order.
   */
  tradeElsewhere(account: number, instrument: number, lots: number, cost_ppm: number): void {
    const { ledger } = this;
    const position = ledger.position(account, instrument);
    const closed = Math.min(lots, Math.abs(position));
    if (closed <= 0) return;
    const price = Math.max(1, Math.round(this.prices.index[instrument]!));
    if (position > 0) ledger.settle(OUTSIDE, account, instrument, closed, price);
    else ledger.settle(account, OUTSIDE, instrument, closed, price);
    const value = ledger.contracts.notional(instrument, closed, price);
    ledger.transfer(account, OUTSIDE, shareOf(value, cost_ppm));
    this.breaches.review(account, instrument, NO_FILL);
  }

  /** The mark has come to where stops wait for it. */
  setOffByMark(instrument: number): void {
    this.begin(NO_CAUSE).markMoved(instrument, this.ledger.marks[instrument]!);
    this.marks.afterCommand(instrument);
  }

  /**
   * A liquidation (`cause`: its row) trades for an account, at prices no worse than the order's. Returns what it has traded
   * at once, until the next one; in a call period the rest waits for the uncross. `how`: IMMEDIATE_OR_CANCEL or FILL_OR_KILL.
   */
  force(order: Order, cause: number): Readonly<Taken> {
    const { settlement } = this;
    const exchange = this.begin(cause);
    settlement.follow(order.owner);
    if (order.price === anyPrice(order.side) && order.how === IMMEDIATE_OR_CANCEL) {
      order.how = FORCED;
      exchange.market(order);
    } else {
      order.how += FORCED;
      order.price = Math.max(1, Math.min(MAX_KEY, order.price));
      this.immediate(order);
    }
    return settlement.unfollow();
  }

  /**
   * The fund or the vault closes lots (negative: sells) at market, in consequence of a liquidation (`cause`: its row).
   * What finds no counterparty is dropped; in a call period it waits, in place of what waited before.
   */
  closeInventory(account: number, instrument: number, lots: number, cause: number): void {
    this.exchange.cancelAll(account, instrument);
    this.begin(cause).market(this.plain(account, instrument, lots, 0, 0));
    this.marks.afterCommand(instrument);
  }

  /** A command begins. */
  private begin(cause: number): Exchange {
    const { exchange } = this;
    exchange.now = this.queue.now;
    exchange.cause = cause;
    return exchange;
  }

  /** An order of no further terms; negative lots sell. */
  private plain(account: number, instrument: number, lots: number, price: number, tag: number): Order {
    const order = this.given;
    order.instrument = instrument;
    order.side = lots > 0 ? BUY : SELL;
    order.price = price;
    order.lots = lots > 0 ? lots : -lots;
    order.owner = account;
    order.tag = tag;
    order.how = 0;
    order.display = 0;
    return order;
  }

  /** Cuts an order to what may come in; false if it is none, or too late. */
  private admits(order: Order, until: number): boolean {
    if (until > 0 && until <= this.queue.now) return false;
    if ((order.how & REDUCE_ONLY) !== 0) return order.lots > 0;
    const lots = order.side === BUY ? order.lots : -order.lots;
    order.lots = Math.abs(this.check.admits(order.owner, order.instrument, lots));
    return order.lots > 0;
  }

  /** A limit order that does not stay: in a call period it takes part in the auction, and ends with it. */
  private immediate(order: Order): void {
    const { exchange } = this;
    if (exchange.isCall(order.instrument)) order.how &= ~(IMMEDIATE_OR_CANCEL | FILL_OR_KILL);
    order.display = 0;
    const row = exchange.limit(order);
    if (row >= 0) this.expireAt(this.phases.until(order.instrument), row, 0);
  }

  private expireAt(time: number, row: number, timedOut: number): void {
    const event = this.queue.schedule(time, EXPIRE, 0, 0);
    this.queue.columns.a[event] = row;
    this.queue.columns.b[event] = this.book.orders.arrival(row);
    this.queue.columns.d[event] = timedOut;
  }

  private cancel(row: number): void {
    if (row < 0) return;
    const instrument = this.exchange.open.instrumentOf(row);
    this.exchange.cancel(row, 'user');
    this.marks.afterCommand(instrument);
  }
}
