/**
 * The first orders of a book: a real snapshot, continued outward so that the depth within 1 … 5 % of the
 * middle is that of measured bands; or a flat book. Prices in ticks, sizes in lots.
 */
import { Decimal } from 'decimal.js';
import { ConfigError } from '../../core/errors.ts';
import type { Levels } from '../../sim/scenario.ts';
import type { CsvRow, DataFiles } from './data-files.ts';

export type Side = 'bid' | 'ask';

/** A book's two sides while they are put together, best price first. */
export interface Sides {
  readonly bids: Levels;
  readonly asks: Levels;
}

/** Cumulative notional (money) within a distance of the middle (a share). */
export interface Band {
  readonly within: number;
  readonly notional: number;
}

interface Depth {
  price: number[];
  lots: number[];
}

export const EMPTY: Levels = { price: new Int32Array(0), lots: new Int32Array(0) };

/** `lots` at each of `ticks` prices on both sides of `price`, which itself stays free. */
export function flatBook(price: number, lots: number, ticks: number): Sides {
  if (ticks >= price) throw new ConfigError(['ticks'], `must stay below the price, ${price} ticks`);
  const side = (step: number): Levels => ({
    price: Int32Array.from({ length: ticks }, (_, i) => price + step * (i + 1)),
    lots: new Int32Array(ticks).fill(lots),
  });
  return { bids: side(-1), asks: side(1) };
}

/** Reads a snapshot: rows of side (bid or ask), price and size, each side best first. */
export function readSnapshot(files: DataFiles, reference: string, tick: Decimal, lot: Decimal): Sides {
  const bid: Depth = { price: [], lots: [] };
  const ask: Depth = { price: [], lots: [] };
  for (const row of files.csv(reference, ['side', 'price', 'quantity'], 1)) {
    const side = sideOf(row);
    const { price, lots } = side === 'bid' ? bid : ask;
    const ticks = stepsIn(row, 1, tick, 'price', 'the tick');
    const before = price.at(-1);
    if (before !== undefined && !(side === 'bid' ? ticks < before : ticks > before)) {
      row.fail(`needs ${side}s from the best price outward, got ${row.fields[1]!} after a price beyond it`);
    }
    price.push(ticks);
    lots.push(stepsIn(row, 2, lot, 'quantity', 'the lot'));
  }
  for (const [name, side] of [
    ['bids', bid],
    ['asks', ask],
  ] as const) {
    if (side.price.length === 0) throw new ConfigError([], `the book has no ${name}`);
  }
  if (bid.price[0]! >= ask.price[0]!) {
    const [best, least] = [bid.price[0]!, ask.price[0]!].map((price) => tick.times(price).toString());
    throw new ConfigError([], `the book crosses: best bid ${best!}, best ask ${least!}`);
  }
  return { bids: levels(bid), asks: levels(ask) };
}

/** Reads bands: rows of side, distance from the middle in percent, cumulative notional; each side outward. */
export function readBands(files: DataFiles, reference: string): Record<Side, Band[]> {
  const bands: Record<Side, Band[]> = { bid: [], ask: [] };
  for (const row of files.csv(reference, ['side', 'within_percent', 'cumulative_notional'], 1)) {
    const list = bands[sideOf(row)];
    const [within, notional] = [Number(row.fields[1]) / 100, Number(row.fields[2])];
    const last = list.at(-1);
    if (!(within > (last?.within ?? 0) && within < 1)) {
      row.fail(`needs percentages in rising order, between 0 and 100, got ${row.fields[1]!}`);
    }
    if (!(notional >= (last?.notional ?? 0) && notional < Infinity)) {
      row.fail(`needs a cumulative notional that does not fall, got ${row.fields[2]!}`);
    }
    list.push({ within, notional });
  }
  for (const side of ['bid', 'ask'] as const) {
    if (bands[side].length === 0) throw new ConfigError([], `the file has no bands of ${side}s`);
  }
  return bands;
}

export interface Continuation {
  readonly bands: readonly Band[];
  /** Distance between the prices that are added, ticks. */
  readonly spacing: number;
  /** How far from the middle the last band's density goes on, a share. */
  readonly beyond: number;
  /** Money per tick and lot. */
  readonly value: number;
  /** Middle of the book, ticks. */
  readonly middle: number;
}

/**
 * Continues one side outward from its last level. What a band has more than the levels before it is spread
 * evenly over the prices that it adds; beyond the last band its density goes on. Throws ConfigError when the
 * levels have more.
 */
export function continueSide(side: Side, book: Levels, continuation: Continuation): Levels {
  const { bands, spacing, beyond, value, middle } = continuation;
  const away = side === 'bid' ? -1 : 1;
  const depth: Depth = { price: [...book.price], lots: [...book.lots] };
  let price = depth.price.at(-1)! + away * spacing;
  let held = notionalOf(book, value);
  const limit = (within: number) => middle * (1 + away * within);
  const isWithin = (within: number) => (price - limit(within)) * away <= 0 && price > 0;
  /**
   * Prices up to a distance, so that all of them get the same notional and `target` is reached at the last.
   */
  const spread = (within: number, target: number) => {
    const from = held;
    const count = countWithin(within);
    for (let n = 1; n <= count; n++, price += away * spacing) {
      const due = from + ((target - from) * n) / count;
      const lots = Math.round((due - held) / (price * value));
      if (lots <= 0) continue;
      depth.price.push(price);
      depth.lots.push(lots);
      held += price * lots * value;
    }
  };
  const countWithin = (within: number) =>
    isWithin(within) ? Math.floor(Math.abs(limit(within) - price) / spacing) + 1 : 0;
  for (const { within, notional } of bands) {
    if (!isWithin(within)) continue;
    if (notional < held) {
      throw new ConfigError(
        [],
        `${side}s within ${100 * within} %: the bands have ${notional}, but the snapshot alone has ` +
          `${Math.round(held)}`,
      );
    }
    spread(within, notional);
  }
  const [inner, outer] = [bands.at(-2) ?? { within: 0, notional: 0 }, bands.at(-1)!];
  const density = (outer.notional - inner.notional) / (outer.within - inner.within);
  if (beyond > outer.within) spread(beyond, held + density * (beyond - outer.within));
  return levels(depth);
}

/** Notional (money) of levels. */
function notionalOf(book: Levels, value: number): number {
  return book.price.reduce((sum, price, i) => sum + price * book.lots[i]! * value, 0);
}

/** Lots of levels whose price is within a share of the middle. */
export function lotsWithin(book: Levels, middle: number, within: number): number {
  let sum = 0;
  book.price.forEach((price, i) => {
    if (Math.abs(price - middle) <= within * middle) sum += book.lots[i]!;
  });
  return sum;
}

function levels({ price, lots }: Depth): Levels {
  return { price: Int32Array.from(price), lots: Int32Array.from(lots) };
}

function sideOf({ fields, fail }: CsvRow): Side {
  const [side] = fields;
  return side === 'bid' || side === 'ask' ? side : fail(`needs bid or ask, got ${side!}`);
}

/** A field as a whole positive number of steps. */
function stepsIn({ fields, fail }: CsvRow, field: number, step: Decimal, what: string, name: string): number {
  const text = fields[field]!;
  if (!(Number(text) > 0 && Number(text) < Infinity)) fail(`needs a ${what} above 0, got ${text}`);
  const steps = new Decimal(text).div(step);
  if (!steps.isInteger())
    fail(`needs a ${what} that is a multiple of ${name}, ${step.toString()}, got ${text}`);
  return steps.toNumber();
}
