/** Watches a market for the facts that it is judged by: what everybody can see, and the limits that makers run into. */
import { SECOND } from '../../core/units.ts';
import { depthWithin } from '../../sim/observe/book-depth.ts';
import { homeOf } from '../../sim/scenario/scenario.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Venue } from '../../sim/venue/venue.ts';
import { TradeReader } from '../../sim/observe/trade-reader.ts';
import type { Block } from '../../stats/facts/block.ts';

/** Sides of a book, as the engine numbers them. */
const BIDS = 0;
const ASKS = 1;

/** Looks a second. */
const LOOKS = 10;

/** One run, cut into stretches. Values in units of money and of size. */
export interface Observed {
  readonly blocks: readonly Block[];
  /** Value within 1 % of the middle when it began and when it ended: bids, asks. */
  readonly depth: { readonly start: readonly [number, number]; readonly end: readonly [number, number] };
  /** Share of looks at which some maker's position was at its limit. */
  readonly at_limit: number;
}

export interface Watch {
  /** When looking begins, and how long stretches are and how many, whole seconds. */
  readonly from_s: number;
  readonly block_s: number;
  readonly blocks: number;
  /** Units of money in a quantum, and of size in a lot. */
  readonly quantum: number;
  readonly lot: number;
}

/** Runs a started simulation on, and watches the first instrument of its first venue. */
export function observe(simulation: Simulation, watch: Watch): Observed {
  const { from_s, block_s } = watch;
  const venue = simulation.venues[0]!;
  simulation.run(from_s * SECOND);
  const start = depthsOf(venue, watch);
  const trades = new TradeReader(venue, 0);
  const limits = makersOf(simulation);
  let held = 0;
  const blocks = Array.from({ length: watch.blocks }, (_, i) => {
    const begin = from_s + i * block_s;
    const looks = new Looks(block_s * LOOKS);
    const prices = { mid: new Float64Array(block_s + 1), index: new Float64Array(block_s + 1) };
    look(venue, prices, 0);
    let near = 0;
    for (let n = 0; n < block_s * LOOKS; n++) {
      simulation.run(Math.round((begin + (n + 1) / LOOKS) * SECOND));
      trades.read();
      looks.add(venue, watch, n);
      if (limits.some((maker) => maker.isAtLimit())) held++;
      if ((n + 1) % LOOKS === 0) look(venue, prices, (n + 1) / LOOKS);
      if ((n + 1) % NEAR_LOOKS === 0) near += meanOf(depthsOf(venue, watch, NEAR));
    }
    const depth = meanOf(depthsOf(venue, watch));
    near /= Math.floor((block_s * LOOKS) / NEAR_LOOKS);
    const { trade_lots, ...traded } = trades.take();
    const trade_size = trade_lots.map((lots) => lots * watch.lot);
    return { start_s: begin, ...prices, ...looks.columns, depth, near, ...traded, trade_size };
  });
  return {
    blocks,
    depth: { start, end: depthsOf(venue, watch) },
    at_limit: held / (watch.blocks * block_s * LOOKS),
  };
}

function look({ book, tables, ledger }: Venue, prices: Pick<Block, 'mid' | 'index'>, at: number): void {
  const bid = book.bestBid(0);
  const ask = book.bestAsk(0);
  const last = book.lastPrice(0);
  prices.mid[at] = bid > 0 && ask > 0 ? (bid + ask) / 2 : last > 0 ? last : ledger.marks[0]!;
  prices.index[at] = tables.prices.index[0]!;
}

class Looks {
  readonly columns: Pick<Block, 'spread' | 'touch' | 'activity'>;

  constructor(looks: number) {
    this.columns = {
      spread: new Float64Array(looks),
      touch: new Float64Array(looks / LOOKS),
      activity: new Float64Array(looks),
    };
  }

  add({ book, tables, ledger }: Venue, { quantum }: Watch, at: number): void {
    const bid = book.bestBid(0);
    const ask = book.bestAsk(0);
    const both = bid > 0 && ask > 0;
    this.columns.spread[at] = both ? ask - bid : Infinity;
    this.columns.activity[at] = tables.run.activity[0]!;
    if (at % LOOKS !== 0) return;
    const value = (side: 0 | 1, price: number): number =>
      price > 0 ? ledger.contracts.notional(0, book.lotsAt(0, side, price), price) * quantum : 0;
    this.columns.touch[at / LOOKS] = (value(BIDS, bid) + value(ASKS, ask)) / 2;
  }
}

const WITHIN = 0.01;
const NEAR = 0.0002;
/** Looks between two at what is near. */
const NEAR_LOOKS = 10 * LOOKS;

function meanOf([bids, asks]: readonly [number, number]): number {
  return (bids + asks) / 2;
}

function depthsOf(venue: Venue, { quantum }: Watch, within = WITHIN): [number, number] {
  const prices = { mid: new Float64Array(1), index: new Float64Array(1) };
  look(venue, prices, 0);
  const [mid] = prices.mid;
  const side = (of: 0 | 1): number => depthWithin(venue, 0, of, mid!, within) * quantum;
  return [side(BIDS), side(ASKS)];
}

/** Makers at the touch: those whose kind has a limit of its position, in money. */
function makersOf(simulation: Simulation): { isAtLimit(): boolean }[] {
  const { scenario, layout, venues } = simulation;
  const { ledger } = venues[0]!;
  return scenario.groups.flatMap((group, index) => {
    const { kind, count, params } = group;
    const first = layout.places.firstAccounts[index]!;
    const limit = params['limit'];
    if (homeOf(group) !== 0 || kind.kind !== 'touch-maker' || limit?.kind !== 'constant') return [];
    return Array.from({ length: count }, (_, i) => ({
      isAtLimit: (): boolean => ledger.notional(first + i, 0) >= limit.value,
    }));
  });
}
