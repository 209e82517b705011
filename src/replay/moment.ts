/** The world at one moment, as panels show it: the book, what waits to break, how accounts stand, and the totals. */
import { eachLevel } from '../sim/observe/book-depth.ts';
import { INSURANCE } from '../clearing/schema.ts';
import { BUY, SELL } from '../market/book.ts';
import type { Venue } from '../sim/venue/venue.ts';
import { HEALTH_EDGES } from './health-edges.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** Prices of a panel: from the lowest of them up, in equal steps of ticks. */
export interface PriceAxis {
  readonly low: number;
  readonly step: number;
  readonly steps: number;
}

/** A venue at a moment. */
export interface Moment {
  readonly time_us: number;
  readonly events: number;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly mark: number;
  readonly index: number;
  /** By step of the axis: money that rests there, and value at the mark of longs and of shorts that break there. */
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  readonly longs: Float64Array;
  readonly shorts: Float64Array;
  /** Accounts with positions by health (equity over maintenance requirement): bins between HEALTH_EDGES. */
  readonly health: Int32Array;
  readonly positions: number;
  readonly distressed: number;
  readonly calls: number;
  readonly liquidations: number;
  /** Units of money: in the insurance fund, and of forced orders traded so far. */
  readonly fund: number;
  readonly liquidated: number;
}

export function momentOf(view: View, axis: PriceAxis): Moment {
  const { simulation, venue, instrument } = view;
  const { book, ledger, house, tables } = venue;
  const money = (quanta: number): number => moneyOf(view, quanta);
  const panel = (): Float64Array => new Float64Array(axis.steps);
  const stepOf = (price: number): number => Math.floor((price - axis.low) / axis.step);
  const [bids, asks, longs, shorts] = [panel(), panel(), panel(), panel()];
  const mark = ledger.marks[instrument]!;
  for (const side of [BUY, SELL] as const) {
    const into = side === BUY ? bids : asks;
    eachLevel(venue, instrument, side, (price, lots) => {
      const step = stepOf(price);
      if (step < 0 || step >= axis.steps) return side === BUY ? step >= axis.steps : step < 0;
      into[step] = into[step]! + money(ledger.contracts.notional(instrument, lots, price));
      return true;
    });
    const line = 2 * instrument + side;
    const { triggers } = house;
    triggers.ladder.forEach(line, (node, key) => {
      const lots = ledger.position(triggers.accountOf(node), instrument);
      const step = stepOf(key ^ -side);
      if (step < 0 || step >= axis.steps || lots > 0 !== (side === BUY)) return;
      const panelOf = side === BUY ? longs : shorts;
      panelOf[step] = panelOf[step]! + money(ledger.contracts.notional(instrument, Math.abs(lots), mark));
    });
  }
  const health = new Int32Array(HEALTH_EDGES.length + 1);
  let positions = 0;
  let distressed = 0;
  const { margined, stage } = tables.accounts;
  for (let account = 0; account < margined.length; account++) {
    if (stage[account] !== 0) distressed++;
    if (margined[account] === 0 || ledger.isFlat(account)) continue;
    positions++;
    const ratio = healthOf(venue, account);
    const edge = HEALTH_EDGES.findIndex((one) => ratio < one);
    const bin = edge < 0 ? HEALTH_EDGES.length : edge;
    health[bin] = health[bin]! + 1;
  }
  let liquidated = 0;
  for (let row = 0; row < house.liquidationCount; row++) liquidated += house.liquidations.notional[row]!;
  return {
    time_us: simulation.queue.now,
    events: simulation.events,
    bid: book.bestBid(instrument),
    ask: book.bestAsk(instrument),
    last: book.lastPrice(instrument),
    mark,
    index: tables.prices.index[instrument]!,
    bids,
    asks,
    longs,
    shorts,
    health,
    positions,
    distressed,
    calls: house.callCount,
    liquidations: house.liquidationCount,
    fund: money(ledger.equity(INSURANCE)),
    liquidated: money(liquidated),
  };
}

/** Equity over the maintenance requirement: 1 is the brink; Infinity without a requirement. */
export function healthOf({ ledger, house }: Venue, account: number): number {
  const maintenance = house.requirement.maintenance(account);
  return maintenance === 0 ? Infinity : ledger.equity(account) / maintenance;
}
