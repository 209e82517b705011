/**
 * The order book race as one chain of all that happens, event by event, solved by sweeps: slow, and for short queues only.
 * Where the three formulas of src/models/book-race/exact.ts each have a chain of their own, this one has a state for the place of
 * each kept order and for the orders behind it.
 */
import type { BookRaceRates } from '../../../src/models/book-race/exact.ts';

export interface NaiveRace {
  readonly rates: BookRaceRates;
  readonly bid: number;
  readonly ask: number;
  /** Sides whose last order is kept. */
  readonly keptBid: boolean;
  readonly keptAsk: boolean;
  /** Orders that are not kept, behind the kept one or in all: no more join. */
  readonly most: number;
}

/** place: of the kept order, 0 when it has filled or none is kept; others: orders behind it, or all. */
interface Queue {
  readonly place: number;
  readonly others: number;
}

type Move = readonly [rate: number, next: Queue];

function moves({ place, others }: Queue, { join, cancel, market }: BookRaceRates, most: number): Move[] {
  const list: Move[] = [];
  if (others < most) list.push([join, { place, others: others + 1 }]);
  if (place > 0) {
    list.push([market, { place: place - 1, others }]);
    list.push([(place - 1) * cancel, { place: place - 1, others }]);
    list.push([others * cancel, { place, others: others - 1 }]);
  } else {
    list.push([market + others * cancel, { place, others: others - 1 }]);
  }
  return list.filter(([rate]) => rate > 0);
}

/** With kept orders: P(all of them fill before the middle moves); without: P(it moves up first). */
export function naiveRace({ rates, bid, ask, keptBid, keptAsk, most }: NaiveRace): number {
  const kept = keptBid || keptAsk;
  const places = (keptBid ? bid : 0) + 1;
  const places2 = (keptAsk ? ask : 0) + 1;
  const width = most + 1;
  const at = (b: Queue, a: Queue) => ((b.place * width + b.others) * places2 + a.place) * width + a.others;
  const value = new Float64Array(places * width * places2 * width);
  const isEmpty = ({ place, others }: Queue) => place + others === 0;
  const outcome = (b: Queue, a: Queue): number => {
    if (kept && b.place === 0 && a.place === 0) return 1;
    if (isEmpty(b)) return 0;
    if (isEmpty(a)) return kept ? 0 : 1;
    return value[at(b, a)]!;
  };
  for (let sweep = 0, change = 1; change > 1e-12; sweep++) {
    if (sweep > 20_000) throw new Error('no convergence');
    change = 0;
    for (let cell = 0; cell < value.length; cell++) {
      const a = { others: cell % width, place: Math.floor(cell / width) % places2 };
      const rest = Math.floor(cell / width / places2);
      const b = { others: rest % width, place: Math.floor(rest / width) };
      if (isEmpty(a) || isEmpty(b) || (kept && a.place === 0 && b.place === 0)) continue;
      let sum = kept ? 0 : rates.inside;
      let rate = 2 * rates.inside;
      for (const [r, next] of moves(b, rates, most)) {
        sum += r * outcome(next, a);
        rate += r;
      }
      for (const [r, next] of moves(a, rates, most)) {
        sum += r * outcome(b, next);
        rate += r;
      }
      change = Math.max(change, Math.abs(sum / rate - value[cell]!));
      value[cell] = sum / rate;
    }
  }
  const start = (isKept: boolean, n: number): Queue =>
    isKept ? { place: n, others: 0 } : { place: 0, others: n };
  return value[at(start(keptBid, bid), start(keptAsk, ask))]!;
}
