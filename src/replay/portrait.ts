/** One run as its own figures show it: beside its twin, with the liquidation map before the shock and at the end. */
import { withLargerPool } from '../models/market/pools.ts';
import { Room } from '../models/room.ts';
import { liquidationMap } from '../sim/observe/liquidation-map.ts';
import { BUY } from '../market/book.ts';
import { depthWithin, touchOf } from '../sim/observe/book-depth.ts';
import { Course } from './course.ts';
import { forcedOrders } from './forced.ts';
import { TWIN } from './fork.ts';
import type { Script } from './script.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** Moments of a path, about: more than a page has pixels for tell nothing. */
const MOMENTS = 240;
/** What comes before the shock, as a share of what comes after it. */
const BEFORE = 0.1;
/** Depth is what rests within this share of the middle. */
const NEAR = 0.01;

/** A run at one moment. */
export interface PathMoment {
  /** Since the shock. */
  readonly second: number;
  /** Of the latest trade; units of money. */
  readonly price: number;
  /** Bids within 1 % of the middle, units of money. */
  readonly depth: number;
  /** Forced orders that traded since the moment before, units of money. */
  readonly forced: number;
  /** Initial and maintenance requirements of all open positions, as shares of their value; NaN without one. */
  readonly initial: number;
  readonly maintenance: number;
}

/** Prices between `percent − 1` and `percent` per cent from the mark; units of money. */
export interface MapPoint {
  readonly side: 'below' | 'above';
  readonly percent: number;
  readonly breaking: number;
  readonly depth: number;
}

export interface Portrait {
  readonly hash: string;
  readonly run: readonly PathMoment[];
  readonly twin: readonly PathMoment[];
  /** Just before the shock, and at the end of the run. */
  readonly before: readonly MapPoint[];
  readonly after: readonly MapPoint[];
  /** Length of the run from the shock on, s. */
  readonly length_s: number;
}

export function portraitOf(script: Script): Portrait {
  const room = new Room(script.experiment, withLargerPool);
  return room.make((experiment) => {
    const own = seen({ ...script, experiment });
    const twin = seen({ ...script, experiment, fork: TWIN });
    const { hash, path, before, after, length_s } = own;
    return { hash, run: path, twin: twin.path, before, after, length_s };
  });
}

function seen(script: Script) {
  const course = new Course(script);
  const { shock_us, until_us } = course;
  const { venue = 0, instrument = 0 } = script;
  const { tick } = script.experiment.venues[venue]!.instruments[instrument]!;
  const begin_us = Math.max(0, shock_us - Math.round(BEFORE * (until_us - shock_us)));
  const step_us = Math.max(1, Math.ceil((until_us - begin_us) / MOMENTS));
  const moments: Omit<PathMoment, 'forced'>[] = [];
  let before: MapPoint[] = [];
  for (let time_us = begin_us; time_us <= until_us; time_us += step_us) {
    if (time_us >= shock_us && before.length === 0) {
      course.run(shock_us - 1);
      before = mapOf(course.view);
    }
    course.run(time_us);
    moments.push(momentOf(course.view, (time_us - shock_us) / 1e6, Number(tick)));
  }
  course.run(until_us);
  const forced = forcedByMoment(course.view, begin_us, step_us, moments.length);
  return {
    hash: course.simulation.hash(),
    path: moments.map((moment, i): PathMoment => ({ ...moment, forced: forced[i]! })),
    before,
    after: mapOf(course.view),
    length_s: (until_us - shock_us) / 1e6,
  };
}

function momentOf(view: View, second: number, tick: number): Omit<PathMoment, 'forced'> {
  const { venue, instrument } = view;
  const { book, ledger, house } = venue;
  const { margined } = ledger.accounts;
  let [value, initial, maintenance] = [0, 0, 0];
  for (let account = 0; account < margined.length; account++) {
    if (margined[account] === 0 || ledger.isFlat(account)) continue;
    for (let i = 0; i < ledger.instruments; i++) value += ledger.notional(account, i);
    initial += house.requirement.initial(account);
    maintenance += house.requirement.maintenance(account);
  }
  const traded = book.lastPrice(instrument);
  const ticks = traded > 0 ? traded : ledger.marks[instrument]!;
  const { middle } = touchOf(venue, instrument);
  return {
    second,
    price: ticks * tick,
    depth: moneyOf(view, depthWithin(venue, instrument, BUY, middle, NEAR)),
    initial: value === 0 ? NaN : initial / value,
    maintenance: value === 0 ? NaN : maintenance / value,
  };
}

/** Traded money of forced orders, by the moment that ends the time in which they were given. */
function forcedByMoment(view: View, begin_us: number, step_us: number, moments: number): number[] {
  const sums = Array.from({ length: moments }, () => 0);
  const { time_us, money, instrument } = forcedOrders(view);
  time_us.forEach((time, row) => {
    if (instrument[row] !== view.instrument) return;
    const moment = Math.ceil((time - begin_us) / step_us);
    if (moment >= 0 && moment < moments) sums[moment] = sums[moment]! + money[row]!;
  });
  return sums;
}

function mapOf(view: View): MapPoint[] {
  return liquidationMap(view.venue)
    .filter(({ instrument }) => instrument === view.instrument)
    .map(({ side, percent, breaking, depth }) => ({
      side,
      percent,
      breaking: moneyOf(view, breaking),
      depth: moneyOf(view, depth),
    }));
}
