/**
 * A book of Poisson orders in the long run: time averages of its spread, of its depth near the quotes, and of how often its
 * middle moves.
 *
 * It starts with one order on each side, a tick apart, and nothing is measured during the warm-up. Depth at distance i is the
 * number of orders that rest i ticks from the opposite best quote (0 inside the spread), averaged over both sides. Averages
 * are over the time with both quotes; a move of the middle is a change of either quote.
 */
import type { RunKey } from '../../core/seed.ts';
import type { Columns, TableSchema } from '../../core/world.ts';
import { World } from '../../core/world.ts';
import { BUY, NOBODY, SELL } from '../../market/book.ts';
import { PoissonBook, poissonCapacity, poissonSchema } from '../poisson/poisson-book.ts';
import type { PoissonRates } from '../poisson/poisson-rates.ts';

export interface StationaryBookSettings extends PoissonRates {
  /** Limit orders come up to so far from the opposite best quote. */
  readonly placement_ticks: number;
  /** Time before anything is measured, and time measured. */
  readonly warm_up: number;
  readonly time: number;
}

/** Depth is measured at distances 1 … DEPTHS. */
export const DEPTHS = 5;

/** First bid, ticks: far from the ends of the price axis. */
const START = 0x20000000;

/** One row. Prices in ticks, times in the unit of the rates. */
const resultSchema = {
  rows: 1,
  columns: {
    time: 'f64', // now
    measured: 'f64', // time since the warm-up
    quoted: 'f64', // of it, with both quotes there
    spread: 'f64', // summed over that time
    one: 'f64', // time with a spread of one tick
    moves: 'f64', // of the middle
    events: 'f64',
  },
} as const satisfies TableSchema;

/** Row i is for distance i + 1; both sides together. */
const depthSchema = {
  rows: DEPTHS,
  columns: {
    orders: 'i32', // now
    area: 'f64', // summed over the time with both quotes
  },
} as const satisfies TableSchema;

export class StationaryBook {
  readonly result: Columns<typeof resultSchema>;
  readonly depth: Columns<typeof depthSchema>;
  readonly flow: PoissonBook;
  private readonly settings: StationaryBookSettings;
  private readonly world: { clear(): void; hash(): string };

  constructor(settings: StationaryBookSettings) {
    const { placement_ticks } = settings;
    const capacity = poissonCapacity(settings, placement_ticks, 2);
    const world = new World({ ...poissonSchema(capacity), stationary: resultSchema, depth: depthSchema });
    this.settings = settings;
    this.world = world;
    this.flow = new PoissonBook(settings, placement_ticks, world.tables, capacity);
    this.result = world.tables.stationary;
    this.depth = world.tables.depth;
  }

  /** Hash of the world: of all that a run has left. */
  hash(): string {
    return this.world.hash();
  }

  /** One run; `result` and `depth` hold what it found. */
  run(key: RunKey): void {
    const { flow, result, settings } = this;
    this.world.clear();
    flow.start(key, 0, START, START + 1);
    flow.rest(BUY, START, NOBODY);
    flow.rest(SELL, START + 1, NOBODY);
    this.count();
    this.advance(settings.warm_up);
    result.measured[0] = 0;
    result.quoted[0] = 0;
    result.spread[0] = 0;
    result.one[0] = 0;
    result.moves[0] = 0;
    result.events[0] = 0;
    this.depth.area.fill(0);
    this.advance(settings.warm_up + settings.time);
  }

  /**
   * Steps up to a time. The mean time in each state stands for the time itself: the averages have the same mean and less
   * noise.
   */
  private advance(until: number): void {
    const { flow, result, depth } = this;
    const { bid, ask, distance, hold: holds } = flow.flow;
    let time = result.time[0]!;
    let measured = result.measured[0]!;
    let quoted = result.quoted[0]!;
    let area = result.spread[0]!;
    let one = result.one[0]!;
    let moves = result.moves[0]!;
    let events = result.events[0]!;
    while (time < until) {
      const hold = holds[0]!;
      const bestBid = bid[0]!;
      const bestAsk = ask[0]!;
      time += hold;
      measured += hold;
      if (flow.quoted) {
        quoted += hold;
        area += (bestAsk - bestBid) * hold;
        if (bestAsk - bestBid === 1) one += hold;
        for (let i = 0; i < DEPTHS; i++) depth.area[i] = depth.area[i]! + depth.orders[i]! * hold;
      }
      if (!flow.step()) continue;
      events++;
      if (bid[0] !== bestBid || ask[0] !== bestAsk) {
        moves++;
        this.count();
      } else if (distance[0]! <= DEPTHS) {
        this.countAt(distance[0]!);
      }
    }
    result.time[0] = time;
    result.measured[0] = measured;
    result.quoted[0] = quoted;
    result.spread[0] = area;
    result.one[0] = one;
    result.moves[0] = moves;
    result.events[0] = events;
  }

  /** Counts the orders at each distance: all distances change with the quotes. */
  private count(): void {
    for (let distance = 1; distance <= DEPTHS; distance++) this.countAt(distance);
  }

  private countAt(distance: number): void {
    const { book, flow } = this.flow;
    const bids = book.lotsAt(0, BUY, flow.ask[0]! - distance);
    this.depth.orders[distance - 1] = bids + book.lotsAt(0, SELL, flow.bid[0]! + distance);
  }
}
