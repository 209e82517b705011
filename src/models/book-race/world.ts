/**
 * What happens in a book of Poisson orders before its middle moves for the first time: three races from the same two
 * queues, each with luck of its own.
 *
 *   up     whether the middle moves up first
 *   fill   whether an order that is last in the bid queue, and never cancelled, fills before the middle moves
 *   make   whether two such orders, one in each queue, both fill before the middle moves
 *
 * Both queues start with the given numbers of orders, those that are kept included. The middle moves when a best quote does:
 * a queue is empty, or an order comes inside the spread. A fill that itself empties a queue counts as one before that move.
 * Behind the best quotes nothing rests, and nothing comes: it can't matter before one of them has changed.
 * Source: R. Cont, S. Stoikov, R. Talreja, Operations Research 58 (2010) 549, section 4.
 */
import { InvariantError } from '../../core/errors.ts';
import type { RunKey } from '../../core/seed.ts';
import type { Columns, TableSchema } from '../../core/world.ts';
import { World } from '../../core/world.ts';
import { BUY, NOBODY, SELL } from '../../market/book.ts';
import { KEEPER, PoissonBook, poissonCapacity, poissonSchema } from '../poisson/poisson-book.ts';
import type { PoissonRates } from '../poisson/poisson-rates.ts';

export interface BookRaceSettings extends PoissonRates {
  /** Orders in the bid and in the ask queue. */
  readonly bid: number;
  readonly ask: number;
  /** Ticks from the best bid to the best ask. */
  readonly spread: number;
}

/** First bid, ticks: far from the ends of the price axis. */
const START = 0x20000000;
/** Queues that hold so long never end in a life. */
const MOST_EVENTS = 100_000_000;

/** One row. */
const resultSchema = {
  rows: 1,
  columns: {
    up: 'i32', // 1: it was so; 0: it was not
    fill: 'i32',
    make: 'i32',
    events: 'f64', // in all three races
  },
} as const satisfies TableSchema;

export class BookRace {
  readonly result: Columns<typeof resultSchema>;
  private readonly settings: BookRaceSettings;
  private readonly world: { clear(): void };
  private readonly flow: PoissonBook;

  constructor(settings: BookRaceSettings) {
    const { bid, ask, spread } = settings;
    const capacity = poissonCapacity(settings, spread, bid + ask);
    const world = new World({ ...poissonSchema(capacity), race: resultSchema });
    this.settings = settings;
    this.world = world;
    this.flow = new PoissonBook(settings, spread, world.tables, capacity);
    this.result = world.tables.race;
  }

  /** One run; `result` holds what it found. */
  run(key: RunKey): void {
    const { result } = this;
    let events = 0;
    const race = (purpose: number, kept: number): number => {
      const won = this.race(key, purpose, kept);
      events += this.flow.flow.events[0]!;
      return won;
    };
    const up = race(0, 0);
    const fill = race(1, 1);
    result.make[0] = race(2, 2);
    result.fill[0] = fill;
    result.up[0] = up;
    result.events[0] = events;
  }

  /**
   * With `kept` orders that are never cancelled (none; one, in the bid queue; one in each): 1 when all of them have filled
   * before the middle has moved, or, without any, when it has moved up.
   */
  private race(key: RunKey, purpose: number, kept: number): number {
    const { flow } = this;
    const { bid, ask, spread } = this.settings;
    const { book } = flow;
    this.world.clear();
    flow.start(key, purpose, START, START + spread);
    for (let i = 1; i <= bid; i++) flow.rest(BUY, START, i === bid && kept >= 1 ? KEEPER : NOBODY);
    for (let i = 1; i <= ask; i++) flow.rest(SELL, START + spread, i === ask && kept === 2 ? KEEPER : NOBODY);
    while (flow.flow.events[0]! < MOST_EVENTS) {
      if (!flow.step()) continue;
      if (kept > 0 && book.oldest(KEEPER) < 0) return 1;
      const bestBid = book.bestBid(0); // 0: none is left
      const bestAsk = book.bestAsk(0);
      if (bestBid === START && bestAsk === START + spread) continue;
      if (kept > 0) return 0;
      return bestBid > START || bestAsk === 0 || bestAsk > START + spread ? 1 : 0;
    }
    throw new InvariantError(`the middle did not move in ${MOST_EVENTS} events: the queues hardly ever end`);
  }
}
