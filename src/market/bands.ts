/**
 * How far prices may go: collars, which cut an order when it arrives, and the halt band, at whose edge trading stops.
 *
 * A collar is a share of a reference to either side: of the opening or last auction price (static), or of the last trade
 * before the order (dynamic). The halt band follows the prices of the last while: a trade may be at most a share above
 * the lowest of them, and below the highest. It is kept in sixteenths of that time, so that "within 60 s" is between
 * 56.25 and 60 s; the price in force when a part begins belongs to it.
 */
import type { Book, Side } from './book.ts';
import { anyPrice, BUY } from './book.ts';
import type { ExchangeTables } from './exchange-schema.ts';
import { BAND_PARTS } from './exchange-schema.ts';
import type { HaltBand, MarketRules } from './reports.ts';

const PPM = 1_000_000;

/** price · (1 ± ppm / 10⁶), rounded towards the price: to a tick that is still inside. Exact: integers below 2⁵³. */
function inside(side: Side, price: number, ppm: number): number {
  return side === BUY ? Math.floor((price * (PPM + ppm)) / PPM) : Math.ceil((price * (PPM - ppm)) / PPM);
}

/** The nearer of two limits of an order. */
export function nearer(side: Side, a: number, b: number): number {
  return side === BUY ? Math.min(a, b) : Math.max(a, b);
}

export class Bands {
  /** By instrument, 1: has collars; has a halt band. */
  readonly collared: Uint8Array;
  readonly banded: Uint8Array;
  private readonly rules: readonly MarketRules[];
  private readonly book: Book;
  private readonly sessions: ExchangeTables['sessions'];
  private readonly low: Int32Array;
  private readonly high: Int32Array;

  constructor(tables: ExchangeTables, rules: readonly MarketRules[], book: Book) {
    this.rules = rules;
    this.book = book;
    this.sessions = tables.sessions;
    this.low = tables.bands.low;
    this.high = tables.bands.high;
    this.collared = Uint8Array.from(rules, ({ collars }) => (collars === undefined ? 0 : 1));
    this.banded = Uint8Array.from(rules, ({ halt }) => (halt === undefined ? 0 : 1));
  }

  /** An auction (or the opening) has set the price, ticks. */
  open(instrument: number, now: number, price: number): void {
    this.sessions.opening[instrument] = price;
    this.restart(instrument, now);
  }

  /** Trading begins: prices before this do not count for the halt band any more. */
  restart(instrument: number, now: number): void {
    const { halt } = this.rules[instrument]!;
    if (halt === undefined) return;
    this.sessions.part[instrument] = Math.floor((now * BAND_PARTS) / halt.within_us);
    const first = BAND_PARTS * instrument;
    const price = this.present(instrument);
    this.low.fill(price, first, first + BAND_PARTS);
    this.high.fill(price, first, first + BAND_PARTS);
  }

  /** The worst price that the collars leave an order of this side. */
  collar(instrument: number, side: Side): number {
    const collars = this.rules[instrument]!.collars!;
    const opening = this.sessions.opening[instrument]!;
    const present = this.present(instrument);
    let edge = anyPrice(side);
    if (collars.static_ppm > 0 && opening > 0) {
      edge = nearer(side, edge, inside(side, opening, collars.static_ppm));
    }
    if (collars.dynamic_ppm > 0 && present > 0) {
      edge = nearer(side, edge, inside(side, present, collars.dynamic_ppm));
    }
    return edge;
  }

  /** True if an order beyond the collar is dropped. */
  rejects(instrument: number): boolean {
    return this.rules[instrument]!.collars!.beyond === 'reject';
  }

  /** The worst price at which an order of this side may trade now without a halt. */
  edge(instrument: number, now: number, side: Side): number {
    const halt = this.rules[instrument]!.halt!;
    this.advance(instrument, now, halt);
    const { low, high } = this;
    let lowest = 0;
    let highest = 0;
    for (let part = BAND_PARTS * instrument; part < BAND_PARTS * (instrument + 1); part++) {
      if (low[part] !== 0 && (lowest === 0 || low[part]! < lowest)) lowest = low[part]!;
      if (high[part]! > highest) highest = high[part]!;
    }
    if (lowest === 0) return anyPrice(side);
    return inside(side, side === BUY ? lowest : highest, halt.move_ppm);
  }

  /** A sweep has traded, from one price to another. Called after `edge`, at the same time. */
  record(instrument: number, from: number, to: number): void {
    const part = BAND_PARTS * instrument + (this.sessions.part[instrument]! % BAND_PARTS);
    const least = Math.min(from, to);
    if (this.low[part] === 0 || least < this.low[part]!) this.low[part] = least;
    this.high[part] = Math.max(this.high[part]!, from, to);
  }

  /** Begins the parts that time has come to, each with the price that was in force. */
  private advance(instrument: number, now: number, halt: HaltBand): void {
    const { part } = this.sessions;
    const newest = Math.floor((now * BAND_PARTS) / halt.within_us);
    if (newest === part[instrument]) return;
    const price = this.present(instrument);
    const first = Math.max(part[instrument]! + 1, newest - BAND_PARTS + 1);
    for (let n = first; n <= newest; n++) {
      const row = BAND_PARTS * instrument + (n % BAND_PARTS);
      this.low[row] = price;
      this.high[row] = price;
    }
    part[instrument] = newest;
  }

  /** The price in force: of the last trade, or of the opening before there was one. */
  private present(instrument: number): number {
    const last = this.book.lastPrice(instrument);
    return last === 0 ? this.sessions.opening[instrument]! : last;
  }
}
