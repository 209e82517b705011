/** The exchange against its naive twin: every event and the whole book, command by command. */
import { describe, expect, test } from 'vitest';
import type { Side } from '../../src/market/book.ts';
import { Exchange } from '../../src/market/exchange.ts';
import type { Reports, SelfTrade, TimeInForce } from '../../src/market/reports.ts';
import { Digits, playScripts, Story } from '../core/naive-script.ts';
import { NaiveExchange } from './naive-exchange.ts';

const CAPACITY = { instruments: 1, orders: 60, owners: 5, span: 1024, fills: 16 };

/** Scripts of each test, and commands of the longest: on average half as many. */
const SCRIPTS = 750;
const COMMANDS = 300;

/** Writes what it is told, and keeps positions. */
class Listener implements Reports {
  events: string[] = [];
  readonly positions = [0, 0, 0, 0, 0];
  readonly open = new Map<number, number>();
  readonly reach: Record<string, number>;

  constructor(reach: Record<string, number>) {
    this.reach = reach;
  }

  trade(
    _: number,
    side: Side,
    price: number,
    lots: number,
    makerTag: number,
    takerTag: number,
    maker: number,
    taker: number,
  ): void {
    const bought = side === 0 ? lots : -lots;
    if (taker >= 0) this.positions[taker]! += bought;
    if (maker >= 0) this.positions[maker]! -= bought;
    this.#use(makerTag, lots);
    this.#use(takerTag, lots);
    this.#say('trade', `${side} ${lots} at ${price}: ${makerTag} ${takerTag} ${maker} ${taker}`);
  }

  cancelled(tag: number, lots: number, reason: string): void {
    this.#use(tag, lots);
    this.#say(reason, `${tag} ${lots}`);
  }

  triggered(tag: number): void {
    this.#say('triggered', `${tag}`);
  }

  auction(_: number, price: number, lots: number): void {
    this.#say('auction', `${lots} at ${price}`);
  }

  position(account: number): number {
    return this.positions[account]!;
  }

  /** Nothing is lost: trades and cancels never exceed an order. */
  #use(tag: number, lots: number): void {
    const left = this.open.get(tag)! - lots;
    if (!(left >= 0 && lots > 0)) this.events.push(`order ${tag}: ${lots} lots too many`);
    if (left === 0) this.open.delete(tag);
    else this.open.set(tag, left);
  }

  #say(kind: string, text: string): void {
    this.reach[kind] = (this.reach[kind] ?? 0) + 1;
    this.events.push(`${kind} ${text}`);
  }
}

class ExchangeDuel {
  readonly story = new Story();
  readonly #engineSays: Listener;
  readonly #naiveSays: Listener;
  readonly #engine: Exchange;
  readonly #naive: NaiveExchange;
  readonly #rows = new Map<number, number>();
  readonly #wide: boolean;
  #tag = 0;

  constructor(selfTrade: SelfTrade, wide: boolean, reach: Record<string, number>) {
    this.#engineSays = new Listener(reach);
    this.#naiveSays = new Listener({});
    this.#engine = new Exchange(CAPACITY, selfTrade, this.#engineSays);
    this.#naive = new NaiveExchange(selfTrade, this.#naiveSays);
    this.#wide = wide;
  }

  step(word: number): void {
    const digits = new Digits(word);
    const act = digits.below(64);
    if (this.#engine.full) this.#cancel(digits);
    else if (act < 32) this.#limit(digits);
    else if (act < 38) this.#market(digits);
    else if (act < 46) this.#stop(digits);
    else if (act < 51) this.#cancel(digits);
    else if (act < 56) this.#replace(digits);
    else if (act < 58) this.#cancelAll(digits);
    else if (act < 60) this.#begin(digits);
    else if (this.#naive.call) this.#uncross();
    this.#compare();
  }

  #limit(digits: Digits): void {
    const side = digits.below(2) as Side;
    const price = this.#price(digits);
    const lots = 1 + digits.below(12);
    const owner = digits.below(6) - 1;
    const tif = digits.pick<TimeInForce>([0, 0, 0, 0, 1, 2]);
    const more = digits.below(16);
    const [postOnly, reduceOnly, display] = [more === 0, more === 1 || more === 2, more > 11 ? more - 11 : 0];
    const tag = this.#open(lots);
    this.story.add(
      `limit ${tag}: ${JSON.stringify({ side, price, lots, owner, tif, postOnly, display, reduceOnly })}`,
    );
    this.#rows.set(
      tag,
      this.#engine.limit(0, side, price, lots, owner, tag, tif, postOnly, display, reduceOnly),
    );
    this.#naive.limit(side, price, lots, owner, tag, tif, postOnly, display, reduceOnly);
  }

  #market(digits: Digits): void {
    const side = digits.below(2) as Side;
    const lots = 1 + digits.below(20);
    const owner = digits.below(6) - 1;
    const reduceOnly = digits.below(5) === 0;
    const tag = this.#open(lots);
    this.story.add(`market ${tag}: ${JSON.stringify({ side, lots, owner, reduceOnly })}`);
    this.#rows.set(tag, this.#engine.market(0, side, lots, owner, tag, reduceOnly));
    this.#naive.market(side, lots, owner, tag, reduceOnly);
  }

  #stop(digits: Digits): void {
    const side = digits.below(2) as Side;
    const trigger = this.#price(digits);
    const lots = 1 + digits.below(12);
    const price = digits.below(2) === 0 ? 0 : this.#price(digits);
    const owner = digits.below(6) - 1;
    const tag = this.#open(lots);
    this.story.add(`stop ${tag}: ${JSON.stringify({ side, trigger, lots, price, owner })}`);
    this.#rows.set(tag, this.#engine.stop(0, side, trigger, lots, price, owner, tag));
    this.#naive.stop(side, trigger, lots, price, owner, tag);
  }

  #cancel(digits: Digits): void {
    const order = this.#any(digits);
    if (order === undefined) return;
    this.story.add(`cancel ${order.tag}`);
    this.#engine.cancel(this.#rows.get(order.tag)!, 'user');
    this.#naive.cancel(order);
  }

  #replace(digits: Digits): void {
    const order = this.#any(digits);
    if (order === undefined) return;
    const row = this.#rows.get(order.tag)!;
    this.story.same('aside', this.#engine.isStop(row), order.where !== 'book');
    if (order.where !== 'book') return;
    const price = digits.below(2) === 0 ? order.price : this.#price(digits);
    const lots = 1 + digits.below(12);
    this.story.add(`replace ${order.tag}: ${lots} at ${price}`);
    for (const says of [this.#engineSays, this.#naiveSays]) says.open.set(order.tag, lots);
    this.#rows.set(order.tag, this.#engine.replace(row, price, lots));
    this.#naive.replace(order, price, lots);
  }

  #cancelAll(digits: Digits): void {
    const owner = digits.below(5);
    this.story.add(`cancel all of ${owner}`);
    this.#engine.cancelAll(owner);
    this.#naive.cancelAll(owner);
  }

  #begin(digits: Digits): void {
    const reference = digits.below(3) === 0 ? 0 : this.#price(digits);
    const limit = digits.below(20) / 100;
    this.story.add(`auction ${reference} ${limit}`);
    this.#engine.beginAuction(0, reference, limit);
    this.#naive.beginAuction(reference, limit);
  }

  #uncross(): void {
    this.story.add('uncross');
    this.#engine.uncross(0);
    this.#naive.uncross();
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

  #compare(): void {
    const { story } = this;
    const engine = this.#engineSays;
    const naive = this.#naiveSays;
    story.same('events', engine.events, naive.events);
    engine.events = [];
    naive.events = [];
    story.same('positions', engine.positions, naive.positions);
    story.same('open orders', this.#engine.book.restingOrders, this.#naive.orders.length);
    story.same('what is open', [...engine.open].length, this.#naive.orders.length);
    story.same('last', this.#engine.book.lastPrice(0), this.#naive.last);
    story.same('call', this.#engine.isCall(0), this.#naive.call);
    if (!this.#naive.call) this.#engine.book.assertUncrossed(0);
    for (const side of [0, 1] as const) {
      const levels: [number, number][] = [];
      this.#engine.level(0, side, (price, lots) => levels.push([price, lots]));
      const expected = new Map<number, number>();
      for (const { price, shown, hidden } of this.#naive.side(side)) {
        expected.set(price, (expected.get(price) ?? 0) + shown + hidden);
      }
      story.same(`side ${side}`, levels, [...expected]);
    }
  }
}

let played = 0;

describe.each(['none', 'cancel-newest', 'cancel-oldest', 'cancel-both', 'decrement'] as const)(
  'self-trade prevention %s',
  (selfTrade) => {
    test.each([
      ['a narrow', false],
      ['a wide', true],
    ])('%s market agrees with plain arrays', (_name, wide) => {
      const reach: Record<string, number> = {};
      played += playScripts(SCRIPTS, COMMANDS, (script) => {
        const duel = new ExchangeDuel(selfTrade, wide, reach);
        for (const word of script) duel.step(word);
      });
      const kinds = [
        'trade',
        'triggered',
        'auction',
        'ioc',
        'fok',
        'post_only',
        'reduce_only',
        'market',
        'user',
      ];
      for (const kind of kinds) expect(reach[kind], kind).toBeGreaterThan(20);
      if (selfTrade !== 'none') expect(reach['self_trade']).toBeGreaterThan(20);
    });
  },
);

test('all in all that was more than a million commands', () => {
  expect(played).toBeGreaterThan(1_000_000);
});
