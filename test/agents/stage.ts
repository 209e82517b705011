// A quiet market for one kind of trader: a book that nobody else touches, no latency, the mark at the last price.
import { expandSeed } from '../../src/core/seed.ts';
import { FIRST_TRADER, OUTSIDE, SHOCK } from '../../src/clearing/schema.ts';
import type { Distribution } from '../../src/sim/agent/distribution.ts';
import type { InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import { group, instrument, levels, mark, NO_LATENCY, scenarioOf } from '../sim/by-hand.ts';

export const S = 1_000_000;

export interface StageOptions {
  readonly count?: number;
  readonly params?: Readonly<Record<string, number | Distribution>>;
  readonly instrument?: Partial<InstrumentSpec>;
  /** Instruments beside the first, like it but for these. */
  readonly others?: readonly Partial<InstrumentSpec>[];
  readonly policy?: WrittenPolicy;
  readonly shocks?: readonly Shock[];
  readonly seed?: string;
}

export interface Fill {
  readonly price: number;
  /** Of the agents; negative: sold. */
  readonly lots: number;
}

/** A started simulation with `count` traders of a kind, the first of them account `FIRST_TRADER`. */
export function stage(kind: string, options: StageOptions = {}): Simulation {
  const { count = 1, params = {}, shocks = [], policy, seed = kind } = options;
  const simulation = new Simulation(
    scenarioOf({
      instruments: [options.instrument ?? {}, ...(options.others ?? [])].map((over) =>
        instrument({
          bids: levels(49_990, -1, 200, 100, 10),
          asks: levels(50_010, 1, 200, 100, 10),
          mark: mark({ rule: 'last' }),
          index: { volatility: 0, every_us: S },
          ...over,
        }),
      ),
      groups: [group(kind, count, { params })],
      shocks,
      latency: NO_LATENCY,
      ...(policy === undefined ? {} : { policy }),
    }),
  );
  simulation.start(expandSeed(seed));
  return simulation;
}

/** Fills in which an account was the taker. */
export function takenBy({ only: { book } }: Simulation, account = FIRST_TRADER): Fill[] {
  const fills: Fill[] = [];
  for (let n = Math.max(0, book.fills.count - book.fills.mask - 1); n < book.fills.count; n++) {
    const row = book.fills.row(n);
    const { sweeps } = book.fills;
    const sweep = book.fills.sweepOf(n);
    if (sweeps.taker(sweep) !== account) continue;
    const lots = book.fills.lots(row);
    fills.push({ price: book.fills.price(row), lots: sweeps.side(sweep) === 0 ? lots : -lots });
  }
  return fills;
}

/** Orders of an account that rest now: prices of bids and of asks, best first. */
export function quotesOf(
  { only: { book } }: Simulation,
  account = FIRST_TRADER,
): { bids: number[]; asks: number[] } {
  const quotes = { bids: [] as number[], asks: [] as number[] };
  for (const [side, prices] of [quotes.bids, quotes.asks].entries()) {
    book.ladder.forEach(side, (order) => {
      if (book.orders.owner(order) === account) prices.push(book.priceOf(order));
    });
  }
  return quotes;
}

/**
 * The market stands at a price from now on: plenty is bid a tick below it and offered a tick above, and the last trade, which
 * the mark is, was at it.
 */
export function standAt(
  { only: { commands: venue, book } }: Simulation,
  price: number,
  instrument = 0,
): void {
  const plenty = 1_000_000;
  venue.cancelAll(SHOCK, instrument);
  const ask = book.bestAsk(instrument);
  const side = ask > 0 && ask <= price ? 1 : -1; // −1: falls
  venue.limit(SHOCK, instrument, side * plenty, price, 1, false); // sweeps what is in the way
  venue.limit(SHOCK, instrument, -side * plenty, price + side, 2, false); // before the trade, for those whom it sets off
  venue.market(OUTSIDE, instrument, -side, 0);
  venue.cancelTag(SHOCK, 1);
  venue.limit(SHOCK, instrument, side * plenty, price - side, 3, false);
}

/** What an account holds. */
export function heldBy({ only: { ledger } }: Simulation, account = FIRST_TRADER, instrument = 0): number {
  return ledger.position(account, instrument);
}
