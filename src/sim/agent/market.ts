/**
 * What an agent can command in the market that it sees (sight.ts). Commands are events: they arrive after the latency of
 * orders, whatever the market looks like then. Prices are ticks, sizes lots, times µs.
 */
import { ratePpm } from '../../clearing/margin/rule.ts';
import { ConfigError } from '../../core/errors.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import { SECOND, timeAfter } from '../../core/units.ts';
import * as Event from '../terms/events.ts';
import { FROM_CREDIT, FROM_NOWHERE, FROM_RESERVE } from '../terms/top-up-source.ts';
import { packTerms } from '../terms/order-terms.ts';
import { Standing, Turn } from './me.ts';
import type { OrderKind, OrderMore, StopMore } from './order-more.ts';
import { faultIn, MAX_LOTS, NOTHING_MORE, ORDER, STOP } from './order-more.ts';
import type { Registry } from './registry.ts';
import type { Seen } from './sight.ts';
import { Sight } from './sight.ts';

/** What a market shows of its venue. */
export interface Place extends Seen {
  /** '' in a world with one venue. */
  readonly venue: string;
  /** Number of the venue. */
  readonly number: number;
  /** From a decision to the book, µs. */
  readonly latency_us: number;
  readonly registry: Registry;
  /** Markets of all venues, by their number. */
  readonly markets: readonly Market[];
  /** The kind of trader that has an account here. */
  readonly kindOf: (account: number) => string;
}

const FROM_ONE = 'a whole number of ticks from 1';
const FROM_NOTHING = 'a whole number of ticks, or 0 for any price';

export class Market extends Sight {
  private readonly latency: number;
  private readonly place: Place;
  private readonly standing: Standing;

  constructor(place: Place) {
    super(place);
    this.place = place;
    this.latency = place.latency_us;
    // What a trader might add to it would outlive the run.
    this.standing = Object.preventExtensions(
      new Standing().tie(new Turn(), place.exchange.book, place.house),
    );
  }

  /** Name of the venue; '' where there is one alone. */
  get venue(): string {
    return this.place.venue;
  }

  /**
   * The same agent at another venue at which it is registered, by name: what it sees and commands there, of the instrument of
   * the same name (else the first). Throws ConfigError where it is not registered.
   */
  on(venue: string): Market {
    const { registry, number, markets } = this.place;
    const to = registry.find(number, this.account, venue);
    const there = markets[to]!;
    there.account = this.account;
    there.instrument = registry.sameInstrument(number, this.instrument, to);
    return there;
  }

  /** What the agent has at this venue: position, equity, reserve, open calls. Good until the next one is asked for. */
  get me(): Standing {
    const { standing } = this;
    standing.turn.account = this.account;
    standing.turn.instrument = this.instrument;
    return standing;
  }

  /** Looks at and trades another instrument until the agent sleeps again. */
  at(instrument: number): this {
    const { instruments } = this.ledger;
    if (!(instrument >= 0 && instrument < instruments && Number.isInteger(instrument)))
      throw this.wrong('instrument', instrument, `a number from 0 to ${instruments - 1}`);
    this.instrument = instrument;
    return this;
  }

  /** Limit order, good till cancelled; negative lots sell. `tag`: the agent's own number for it, for `cancel`. */
  limit(lots: number, price: number, tag = 0): void {
    if (lots === 0) return;
    if (price < 1) throw this.wrong('price', price, FROM_ONE);
    this.send(Event.LIMIT, price, lots, tag);
  }

  /** Takes what there is at `price` or better; the rest is dropped. Negative lots sell. */
  immediate(lots: number, price: number, tag = 0): void {
    if (lots === 0) return;
    if (price < 1) throw this.wrong('price', price, FROM_ONE);
    this.send(Event.IMMEDIATE, price, lots, tag);
  }

  /** Market order: takes what there is. */
  buy(lots: number, tag = 0): void {
    if (lots !== 0) this.send(Event.MARKET, 0, this.unsigned(lots), tag);
  }

  sell(lots: number, tag = 0): void {
    if (lots !== 0) this.send(Event.MARKET, 0, -this.unsigned(lots), tag);
  }

  /**
   * An order with terms; negative lots sell, a price of 0 is a market order. `how`: flags, added up (IMMEDIATE_OR_CANCEL,
   * FILL_OR_KILL, POST_ONLY, REDUCE_ONLY).
   */
  order(lots: number, price: number, how: number, more: OrderMore = NOTHING_MORE): void {
    if (lots === 0) return;
    if (price < 0) throw this.wrong('price', price, FROM_NOTHING);
    this.check(how, ORDER, more);
    const { display = 0, until = 0, tag = 0 } = more;
    const row = this.send(Event.ORDER, price, lots, tag);
    this.queue.columns.d[row] = display;
    this.queue.columns.x[row] = packTerms(how, until);
  }

  /**
   * Stop: when the price comes to `trigger` (falling to it for a sale, rising for a purchase), a market order, or with a
   * `price` a limit order. `how`: BY_MARK waits for the mark instead of the last trade; REDUCE_ONLY.
   */
  stop(lots: number, trigger: number, price = 0, how = 0, more: StopMore = NOTHING_MORE): void {
    this.wait(Event.STOP, lots, trigger, price, how, more);
  }

  /** Take-profit: as a stop, from the other side: a sale waits for the price to rise to `trigger`, a purchase for a fall. */
  takeProfit(lots: number, trigger: number, price = 0, how = 0, more: StopMore = NOTHING_MORE): void {
    this.wait(Event.TAKE_PROFIT, lots, trigger, price, how, more);
  }

  /**
   * Gives the oldest limit order with this tag a new price and new open lots (unsigned). It keeps its place in the queue
   * only if the price stays and the lots become fewer.
   */
  replace(tag: number, lots: number, price: number): void {
    if (lots === 0) return;
    if (price < 1) throw this.wrong('price', price, FROM_ONE);
    this.send(Event.REPLACE, price, this.unsigned(lots), tag);
  }

  /**
   * Closes up to so many lots (unsigned) of the position on another venue, at the index; `cost`: share of the value that
   * this takes. It arrives after the latency of orders.
   */
  closeElsewhere(lots: number, cost = 0): void {
    if (!(lots >= 0)) throw this.wrong('lots', lots, 'a number from 0');
    if (lots === 0) return;
    const row = this.queue.schedule(
      this.queue.now + this.latency,
      Event.ELSEWHERE,
      this.account,
      this.instrument,
    );
    this.queue.columns.a[row] = Math.min(MAX_LOTS, Math.floor(lots));
    this.queue.columns.b[row] = ratePpm(cost);
  }

  /** Cancels the oldest open order with this tag. */
  cancel(tag: number): void {
    this.send(Event.CANCEL, 0, 0, tag);
  }

  /** Cancels the oldest open order. */
  cancelOldest(): void {
    this.send(Event.CANCEL_OLDEST, 0, 0, 0);
  }

  /** Cancels all open orders in this instrument. */
  cancelAll(): void {
    this.send(Event.CANCEL_ALL, 0, 0, 0);
  }

  /**
   * Brings money (quanta) from the reserve, as far as it goes; it arrives after `delay` µs. `cost`: share of it that the
   * transfer costs on top.
   */
  topUp(quanta: number, delay: number, cost = 0): void {
    this.bring(FROM_RESERVE, quanta, delay, cost);
  }

  /** Brings borrowed money (quanta) after `delay` µs; what is owed is that and the cost (a share of it). */
  borrow(quanta: number, delay: number, cost = 0): void {
    this.bring(FROM_CREDIT, quanta, delay, cost);
  }

  /** A transfer fails: after `delay` µs the venue learns that no money comes. */
  failToBring(delay: number): void {
    this.bring(FROM_NOWHERE, 0, delay, 0);
  }

  /** Takes money (quanta) out, as far as the release level allows. */
  withdraw(quanta: number): void {
    if (!Number.isFinite(quanta)) throw this.wrong('quanta', quanta, 'a number');
    const row = this.queue.schedule(
      this.queue.now + this.latency,
      Event.WITHDRAW,
      this.account,
      this.instrument,
    );
    this.queue.columns.x[row] = Math.floor(quanta);
  }

  /** Chooses a leverage: initial margin is notional / leverage, if that is more than the rule's own. */
  chooseLeverage(leverage: number): void {
    if (!(leverage > 0 && leverage < Infinity)) throw this.wrong('leverage', leverage, 'a number above 0');
    const row = this.queue.schedule(
      this.queue.now + this.latency,
      Event.LEVERAGE,
      this.account,
      this.instrument,
    );
    this.queue.columns.a[row] = ratePpm(1 / leverage);
  }

  private bring(source: number, quanta: number, delay: number, cost: number): void {
    if (!Number.isFinite(quanta)) throw this.wrong('quanta', quanta, 'a number');
    if (!(delay >= 0 && delay < Infinity)) throw this.wrong('delay', delay, 'a number of µs from 0');
    if (!Number.isFinite(cost)) throw this.wrong('cost', cost, 'a number');
    const time = timeAfter(this.queue.now, delay);
    const row = this.queue.schedule(time, Event.TOP_UP, this.account, this.instrument);
    this.queue.columns.a[row] = source;
    this.queue.columns.b[row] = ratePpm(cost);
    this.queue.columns.x[row] = Math.ceil(quanta);
  }

  private wait(
    kind: number,
    lots: number,
    trigger: number,
    price: number,
    how: number,
    more: StopMore,
  ): void {
    if (lots === 0) return;
    if (price < 0) throw this.wrong('price', price, FROM_NOTHING);
    if (!(trigger >= 1 && Number.isSafeInteger(trigger))) throw this.wrong('trigger', trigger, FROM_ONE);
    this.check(how, STOP, more);
    const { until = 0, tag = 0 } = more;
    const row = this.send(kind, price, lots, tag);
    this.queue.columns.d[row] = Math.min(trigger, MAX_KEY);
    this.queue.columns.x[row] = packTerms(how, until);
  }

  private check(how: number, kind: OrderKind, more: OrderMore): void {
    const fault = faultIn(how, kind, more);
    if (fault !== undefined) throw this.wrong(fault.field, fault.value, fault.needed);
  }

  /** Lots of a command that has a side of its own. */
  private unsigned(lots: number): number {
    if (lots < 0) throw this.wrong('lots', lots, 'a number above 0: `sell` is the other side');
    return lots;
  }

  /**
   * Throws on what no order may have. A whole price above the highest is none of it: markets that run away have makers who
   * ask for more than prices reach. Returns the highest price for it, as a trigger up there is the highest.
   */
  private highest(price: number, lots: number, tag: number): number {
    if ((lots | 0) !== lots || lots < -MAX_LOTS)
      throw this.wrong('lots', lots, `a whole number up to ${MAX_LOTS}`);
    if ((tag | 0) !== tag) throw this.wrong('tag', tag, 'a whole number');
    if (!(Number.isSafeInteger(price) && price > MAX_KEY))
      throw this.wrong('price', price, `a whole number of ticks up to ${MAX_KEY}`);
    return MAX_KEY;
  }

  /** A command that is none: a slip in the trader's code, and no defect of unwind. */
  private wrong(field: string, value: unknown, needed: string): ConfigError {
    const who = this.place.kindOf(this.account);
    const at = `${this.time / SECOND} s`;
    return new ConfigError([], `agent ${who} at ${at}: ${field} ${String(value)}: needs ${needed}`);
  }

  /** Returns the event's row. */
  private send(kind: number, price: number, lots: number, tag: number): number {
    let at = price;
    // The columns are int32: a fraction would be cut off, and what does not fit would come out as another order.
    const fits = (lots | 0) === lots && (price | 0) === price && (tag | 0) === tag;
    if (!fits || price > MAX_KEY || lots < -MAX_LOTS) at = this.highest(price, lots, tag);
    const row = this.queue.schedule(this.queue.now + this.latency, kind, this.account, this.instrument);
    const { a, b, c } = this.queue.columns;
    a[row] = at;
    b[row] = lots;
    c[row] = tag;
    return row;
  }
}
