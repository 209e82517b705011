/** An exchange and its naive twin, given the same random commands of every kind; what they say and hold is compared. */
import { Ladder } from '../../src/core/ladder.ts';
import { World } from '../../src/core/world.ts';
import type { Side } from '../../src/market/book.ts';
import { exchangeSchema, LINES_ASIDE, SPAN_ASIDE } from '../../src/market/exchange-schema.ts';
import type { ExchangeTables } from '../../src/market/exchange-schema.ts';
import { Exchange } from '../../src/market/exchange.ts';
import type { MarketRules } from '../../src/market/reports.ts';
import {
  BY_MARK,
  FILL_OR_KILL,
  FORCED,
  IMMEDIATE_OR_CANCEL,
  POST_ONLY,
  REDUCE_ONLY,
} from '../../src/market/reports.ts';
import { Digits, Story } from '../core/naive-script.ts';
import { auditExchange } from './exchange-audit.ts';
import { EngineListener, Listener } from './listener.ts';
import { NaiveExchange } from './naive-exchange.ts';
import { newOrder } from '../../src/market/order.ts';

const CAPACITY = { instruments: 1, orders: 60, terms: 60, owners: 5, span: 1024, fills: 16 };

export class ExchangeDuel {
  readonly story = new Story();
  readonly #engineSays: EngineListener;
  readonly #naiveSays: Listener;
  readonly #tables: ExchangeTables;
  readonly #engine: Exchange;
  /** The engine's ladder aside of the book, to look at. */
  readonly #aside: Ladder;
  readonly #naive: NaiveExchange;
  readonly #rows = new Map<number, number>();
  /** Names of orders that once rested: row, number of arrival, tag. */
  readonly #names: (readonly [number, number, number])[] = [];
  readonly #wide: boolean;
  #now = 0;
  #tag = 0;

  constructor(rules: MarketRules, wide: boolean, reach: Record<string, number>) {
    this.#engineSays = new EngineListener(reach);
    this.#naiveSays = new Listener({});
    const { tables } = new World(exchangeSchema(CAPACITY));
    this.#tables = tables;
    this.#engine = new Exchange(tables, CAPACITY, [rules], this.#engineSays);
    this.#engine.reset();
    this.#engineSays.book = this.#engine.book;
    this.#naive = new NaiveExchange(rules, this.#naiveSays);
    this.#wide = wide;
    this.#aside = new Ladder(CAPACITY.terms, LINES_ASIDE + 1, SPAN_ASIDE, {
      links: tables.aside_links,
      words: tables.aside_words,
      summary: tables.aside_summary,
      keys: tables.aside_keys,
      lines: tables.aside_lines,
    });
    const price = wide ? 3000 : 100;
    this.#engine.opens(0, price);
    this.#naive.opens(price);
  }

  step(word: number): void {
    const digits = new Digits(word);
    const act = digits.below(64);
    const cause = digits.below(3) === 0 ? digits.below(9) : -1;
    this.#now += digits.below(4);
    this.#engine.now = this.#now;
    this.#naive.now = this.#now;
    this.#engine.cause = cause;
    this.#naive.cause = cause;
    if (this.#engine.full) this.#cancel(digits);
    else if (act < 30) this.#limit(digits);
    else if (act < 36) this.#market(digits, cause);
    else if (act < 44) this.#stop(digits);
    else if (act < 48) this.#cancel(digits);
    else if (act < 51) this.#expire(digits);
    else if (act < 55) this.#replace(digits);
    else if (act < 56) this.#cancelAll(digits);
    else if (act < 59) this.#mark(digits);
    else if (act < 60) this.#begin(digits);
    else if (this.#naive.call) this.#uncross(digits);
    this.#compare();
  }

  #limit(digits: Digits): void {
    const side = digits.below(2) as Side;
    const price = this.#price(digits);
    const lots = 1 + digits.below(12);
    const owner = digits.below(6) - 1;
    const tif = digits.pick([0, 0, 0, 0, IMMEDIATE_OR_CANCEL, FILL_OR_KILL]);
    const more = digits.below(16);
    const how = tif + (more === 0 ? POST_ONLY : more === 1 || more === 2 ? REDUCE_ONLY : 0);
    const display = more > 11 ? more - 11 : 0;
    const tag = this.#open(lots);
    this.story.add(`limit ${tag}`, { side, price, lots, owner, how, display });
    this.#entered(tag, this.#engine.limit(newOrder({ side, price, lots, owner, tag, how, display })));
    this.#naive.limit(side, price, lots, owner, tag, how, display);
  }

  #market(digits: Digits, cause: number): void {
    const side = digits.below(2) as Side;
    const lots = 1 + digits.below(20);
    const owner = digits.below(6) - 1;
    const how = cause >= 0 ? FORCED : digits.below(5) === 0 ? REDUCE_ONLY : 0;
    const tag = this.#open(lots);
    this.story.add(`market ${tag}`, { side, lots, owner, how, cause });
    this.#entered(tag, this.#engine.market(newOrder({ side, lots, owner, tag, how })));
    this.#naive.market(side, lots, owner, tag, how);
  }

  #stop(digits: Digits): void {
    const side = digits.below(2) as Side;
    const trigger = this.#price(digits);
    const lots = 1 + digits.below(12);
    const price = digits.below(2) === 0 ? 0 : this.#price(digits);
    const owner = digits.below(6) - 1;
    const takeProfit = digits.below(2) === 0;
    const how = digits.pick([0, 0, BY_MARK, REDUCE_ONLY, BY_MARK + REDUCE_ONLY]);
    const tag = this.#open(lots);
    this.story.add(`stop ${tag}`, { takeProfit, side, trigger, lots, price, owner, how });
    const row = takeProfit
      ? this.#engine.takeProfit(newOrder({ side, trigger, lots, price, owner, tag, how }))
      : this.#engine.stop(newOrder({ side, trigger, lots, price, owner, tag, how }));
    this.#entered(tag, row);
    this.#naive.stop(takeProfit !== (side === 1), side, trigger, lots, price, owner, tag, how);
  }

  #cancel(digits: Digits): void {
    const order = this.#any(digits);
    if (order === undefined) return;
    this.story.add(`cancel ${order.tag}`);
    this.#engine.cancel(this.#rows.get(order.tag)!, 'user');
    this.#naive.cancel(order);
  }

  /** Ends an order by its name, if it is still open: mostly it is not. */
  #expire(digits: Digits): void {
    const name = this.#names[Math.max(0, this.#names.length - 1 - digits.below(40))];
    if (name === undefined) return;
    const [row, arrival, tag] = name;
    this.story.add(`expire ${tag}`);
    const order = this.#naive.orders.find((each) => each.tag === tag);
    this.story.same('named', this.#engine.open.isNamed(row, arrival), order !== undefined);
    if (order === undefined) return;
    this.#engine.cancel(row, 'expired');
    this.#naive.cancel(order, 'expired');
  }

  #replace(digits: Digits): void {
    const order = this.#any(digits);
    if (order === undefined) return;
    const row = this.#rows.get(order.tag)!;
    this.story.same('aside', this.#engine.open.isAside(row), order.where !== 'book');
    if (order.where !== 'book') return;
    const price = digits.below(2) === 0 ? order.price : this.#price(digits);
    const lots = 1 + digits.below(12);
    this.story.add(`replace ${order.tag}: ${lots} at ${price}`);
    for (const says of [this.#engineSays, this.#naiveSays]) says.open.set(order.tag, lots);
    this.#entered(order.tag, this.#engine.replace(row, price, lots));
    this.#naive.replace(order, price, lots);
  }

  #cancelAll(digits: Digits): void {
    const owner = digits.below(5);
    this.story.add(`cancel all of ${owner}`);
    this.#engine.cancelAll(owner, -1);
    this.#naive.cancelAll(owner);
  }

  #mark(digits: Digits): void {
    const price = this.#price(digits);
    this.story.add(`mark ${price}`);
    this.#engine.markMoved(0, price);
    this.#naive.markMoved(price);
  }

  #begin(digits: Digits): void {
    const reference = digits.below(3) === 0 ? 0 : this.#price(digits);
    const limit = digits.below(20) / 100;
    this.story.add(`auction ${reference} ${limit}`);
    this.#engine.beginAuction(0, reference, limit);
    this.#naive.beginAuction(reference, limit);
  }

  #uncross(digits: Digits): void {
    const goesOn = digits.below(3) === 0;
    this.story.add(`uncross ${goesOn}`);
    this.#engine.uncross(0, goesOn);
    this.#naive.uncross(goesOn);
  }

  #any(digits: Digits) {
    const { orders } = this.#naive;
    return orders[digits.below(Math.max(1, orders.length))];
  }

  #price(digits: Digits): number {
    return this.#wide ? 1 + digits.below(6000) : 95 + digits.below(12);
  }

  #open(lots: number): number {
    const tag = this.#tag++;
    for (const says of [this.#engineSays, this.#naiveSays]) says.open.set(tag, lots);
    return tag;
  }

  #entered(tag: number, row: number): void {
    this.#rows.set(tag, row);
    if (row >= 0) this.#names.push([row, this.#engine.book.orders.arrival(row), tag]);
  }

  #compare(): void {
    const { story } = this;
    const engine = this.#engineSays;
    const naive = this.#naiveSays;
    story.same('events', engine.events, naive.events);
    engine.events = [];
    naive.events = [];
    story.same('positions', engine.positions, naive.positions);
    story.same('what is open', engine.open.size, this.#naive.orders.length);
    story.same('last', this.#engine.book.lastPrice(0), this.#naive.last);
    story.same('call', this.#engine.isCall(0), this.#naive.call);
    auditExchange(this.#engine, this.#tables, this.#aside, this.#naive, story);
  }
}
