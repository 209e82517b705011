/**
 * A latent order book, all of it in the real book: everybody's intentions to trade are orders that rest, and each of them is put
 * a tick nearer or further now and then. Those that meet trade with each other, new ones come from far away, and what stays is
 * a book whose depth grows with the distance from the price. Then somebody buys at a constant rate, and stops.
 *
 * In each step a lot goes a tick nearer to the price with probability h, or a tick further, on its own: D = h ticks a step. At i
 * ticks from the first price there are L·i lots, and at the far end always, so that J = D·L lots a step come to meet on either
 * side. Buying takes m₀/J·J lots a step at market. What follows for the price: stats/flow/latent-book.ts.
 * Source: J. Donier, J. Bonart, I. Mastromatteo, J.-P. Bouchaud, Quantitative Finance 15 (2015) 1109.
 */
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import { World } from '../../core/world.ts';
import type { Side } from '../../market/book.ts';
import { anyPrice, Book, BUY, SELL } from '../../market/book.ts';
import { newOrder } from '../../market/order.ts';
import { marketSchema, spanOf } from '../../market/schema.ts';

export interface LatentBookSettings {
  /** m₀/J: lots bought per lot that comes to meet on a side. */
  readonly rate: number;
  /** √(D·T): ticks that an order goes in the time of the metaorder. */
  readonly width_ticks: number;
  /** L: lots more on each tick further from the price. */
  readonly slope_lots: number;
  /** Ticks of book on each side. */
  readonly depth_ticks: number;
}

/**
 * First price, ticks: far from the ends of the price axis. Nothing rests there. Where the book is without depth lies half a tick
 * below the best ask, on average; the best bid may be far, as buyers do not follow a fast metaorder.
 */
const START = 0x20000000;
/** h: share of the lots that go nearer in a step, and share that go further. */
const HOP = 1 / 3;
/** Half of the time round the end in which what is left is looked at, in T. */
const NEAR = 0.05;
/** Fewer lots than this go one by one; of more, the binomial number is normal. */
const FEW = 64;

export class LatentBook {
  readonly book: Book;
  private readonly order = newOrder();
  private readonly settings: LatentBookSettings;
  /** Of the metaorder: T = width² / D. */
  private readonly steps: number;
  private readonly clear: () => void;
  private readonly streams: Parameters<typeof deriveStream>[4];
  private readonly rng: Rng;
  /** By distance from the best price: lots that come nearer from there, and that go further. */
  private readonly nearer: Int32Array;
  private readonly further: Int32Array;
  private readonly most: number;

  constructor(settings: LatentBookSettings) {
    const { depth_ticks, width_ticks } = settings;
    const levels = 2 * depth_ticks + 4;
    const capacity = { instruments: 1, orders: 2 * levels, owners: 1, span: spanOf(levels), fills: 1024 };
    const world = new World({
      ...marketSchema(capacity),
      streams: { rows: 1, columns: { a: 'i32', b: 'i32', c: 'i32', d: 'i32' } },
    });
    const { tables } = world;
    this.settings = settings;
    this.steps = Math.round((width_ticks * width_ticks) / HOP);
    this.clear = () => {
      world.clear();
    };
    this.book = new Book(tables, capacity);
    this.streams = tables.streams;
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    this.nearer = new Int32Array(levels);
    this.further = new Int32Array(levels);
    this.most = capacity.fills;
  }

  /**
   * One run: the metaorder for T, then nothing until `until` · T (1: no longer). A by least squares on y = A·√(D·t) along the
   * metaorder, and what is left of its peak A·√(D·T) around that time, NaN for 1.
   */
  run(key: RunKey, until: number): { readonly impact: number; readonly left: number } {
    const { steps } = this;
    this.start(key);
    let products = 0;
    let squares = 0;
    for (let step = 1; step <= steps; step++) {
      this.step(step, true);
      const going = HOP * step; // D·t
      products += Math.sqrt(going) * (this.book.bestAsk(0) - 0.5 - START);
      squares += going;
    }
    const impact = products / squares;
    if (until <= 1) return { impact, left: NaN };
    // A price lies on a tick or halfway between two: the mean of some time round the end is finer.
    const end = Math.round(steps * (until + NEAR));
    const from = Math.round(steps * (until - NEAR));
    let sum = 0;
    for (let step = steps + 1; step <= end; step++) {
      this.step(step, false);
      if (step > from) sum += (this.book.bestBid(0) + this.book.bestAsk(0)) / 2 - START;
    }
    return { impact, left: sum / (end - from) / (impact * this.settings.width_ticks) };
  }

  /** A book as it was for ever: orders on all ticks, more the further away. */
  private start(key: RunKey): void {
    const { depth_ticks, slope_lots } = this.settings;
    this.clear();
    this.book.reset();
    deriveStream(key, hashName('latent-book'), 0, 0, this.streams, 0);
    for (let i = 1; i <= depth_ticks; i++) {
      this.rest(BUY, START - i, slope_lots * i);
      this.rest(SELL, START + i, slope_lots * i);
    }
  }

  private step(step: number, buys: boolean): void {
    // Who meets whom first is nobody's advantage.
    const first: Side = (step & 1) === 0 ? BUY : SELL;
    this.move(first);
    this.move(first === BUY ? SELL : BUY);
    if (!buys) return;
    const perStep = this.settings.rate * HOP * this.settings.slope_lots;
    this.take(BUY, anyPrice(BUY), Math.round(step * perStep) - Math.round((step - 1) * perStep));
  }

  /** Each lot of a side stays, or goes a tick nearer to the other side or further away from it. */
  private move(side: Side): void {
    const { book, nearer, further } = this;
    const { depth_ticks, slope_lots } = this.settings;
    const away = side === BUY ? -1 : 1;
    const best = side === BUY ? book.bestBid(0) : book.bestAsk(0);
    if (best === 0) return;
    const end = START + away * depth_ticks;
    const ticks = away * (end - best);
    for (let i = 0; i <= ticks; i++) {
      const lots = book.lotsAt(0, side, best + away * i);
      nearer[i] = this.part(lots, HOP);
      further[i] = this.part(lots - nearer[i]!, HOP / (1 - HOP));
    }
    nearer[ticks + 1] = 0;
    for (let i = ticks; i >= 0; i--) {
      const price = best + away * i;
      const order = book.ladder.firstAt(side, price ^ -side);
      const lots = order < 0 ? 0 : book.orders.lots(order);
      const left = lots - nearer[i]! - further[i]! + nearer[i + 1]! + (i > 0 ? further[i - 1]! : 0);
      if (order >= 0) book.remove(order);
      // Those far away are replaced by others: a reservoir.
      this.rest(side, price, i === ticks ? slope_lots * depth_ticks : left);
    }
    this.enter(side, best - away, nearer[0]!);
  }

  /** An order comes to a price that may meet the other side: it trades, and what is left rests. */
  private enter(side: Side, price: number, lots: number): void {
    this.rest(side, price, this.take(side, price, lots));
  }

  /** Lots of an order that find nobody. The book's own clock stays at 0: nobody reads when a fill was. */
  private take(side: Side, limit: number, lots: number): number {
    this.order.side = side;
    let left = lots;
    let before = Infinity;
    while (left > 0 && left < before) {
      before = left;
      left = this.book.take(this.order, limit, left, this.most);
    }
    return left;
  }

  private rest(side: Side, price: number, lots: number): void {
    this.order.side = side;
    if (lots > 0) this.book.rest(this.order, price, lots);
  }

  /** How many of `lots` do what each does with probability p. */
  private part(lots: number, p: number): number {
    const { rng } = this;
    if (lots >= FEW) {
      const drawn = Math.round(lots * p + Math.sqrt(lots * p * (1 - p)) * rng.normal());
      return drawn < 0 ? 0 : drawn > lots ? lots : drawn;
    }
    let count = 0;
    for (let i = 0; i < lots; i++) if (rng.chance(p)) count++;
    return count;
  }
}
