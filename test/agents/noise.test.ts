// The noise trader: its mix of orders, their sizes and places, in the shares that its parameters say.
import { expect, test } from 'vitest';
import * as Event from '../../src/sim/terms/events.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { S, stage } from './stage.ts';

interface Sent {
  readonly kind: number;
  readonly price: number;
  readonly lots: number;
}

/** The commands that reach the venue until a time. */
function sentBy(simulation: Simulation, until: number): Sent[] {
  const { commands: venue } = simulation.only;
  const sent: Sent[] = [];
  const limit = venue.limit.bind(venue);
  venue.limit = (account, where, lots, price, tag, immediate) => {
    sent.push({ kind: Event.LIMIT, price, lots });
    limit(account, where, lots, price, tag, immediate);
  };
  const marketOrder = venue.market.bind(venue);
  venue.market = (account, where, lots, tag) => {
    sent.push({ kind: Event.MARKET, price: 0, lots });
    marketOrder(account, where, lots, tag);
  };
  const cancel = venue.cancelOldest.bind(venue);
  venue.cancelOldest = (account) => {
    sent.push({ kind: Event.CANCEL_OLDEST, price: 0, lots: 0 });
    cancel(account);
  };
  simulation.run(until);
  return sent;
}

const share = (of: readonly unknown[], all: readonly unknown[]) => of.length / all.length;

test('noise traders act at their rate, buy and sell alike, in the mix and sizes of their parameters', () => {
  const params = { rate: 20, size: 3, market_share: 0.3, inside: 0, orders: 40 };
  const simulation = stage('noise', { count: 10, params });
  const sent = sentBy(simulation, 20 * S);
  const orders = sent.filter(({ kind }) => kind !== Event.CANCEL_OLDEST);
  const markets = orders.filter(({ kind }) => kind === Event.MARKET);
  expect(Math.abs(sent.length - 4000)).toBeLessThan(4 * Math.sqrt(4000)); // 10 traders, 20 a second, 20 seconds
  expect(
    share(
      orders.filter(({ lots }) => lots > 0),
      orders,
    ),
  ).toBeCloseTo(0.5, 1);
  expect(Math.abs(share(markets, sent) - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / sent.length));
  const size = orders.reduce((sum, { lots }) => sum + Math.abs(lots), 0) / orders.length;
  const mean = 1 + 1 / (Math.exp(1 / 3) - 1); // one lot, and a geometric number on top
  expect(Math.abs(size - mean)).toBeLessThan((4 * 3) / Math.sqrt(orders.length));
  expect(Math.min(...orders.map(({ lots }) => Math.abs(lots)))).toBe(1);
});

test('noise traders rest their orders behind the best price, at their mean distance', () => {
  const params = { rate: 20, inside: 0, market_share: 0, distance: 0.001, orders: 40 };
  const sent = sentBy(stage('noise', { count: 10, params }), 20 * S);
  const limits = sent.filter(({ kind }) => kind === Event.LIMIT);
  const away = limits.map(({ lots, price }) => (lots > 0 ? 49_990 - price : price - 50_010));
  expect(Math.min(...away)).toBe(0);
  const mean = 1 / (Math.exp(1 / 50) - 1); // whole ticks of an exponential with a mean of 50
  const found = away.reduce((sum, ticks) => sum + ticks, 0) / away.length;
  expect(Math.abs(found - mean)).toBeLessThan((4 * 50) / Math.sqrt(away.length));
});

test('a noise trader keeps no more orders than it may', () => {
  const simulation = stage('noise', { count: 3, params: { rate: 50, orders: 5, market_share: 0 } });
  for (let until = 0; until <= 20 * S; until += S / 10) {
    simulation.run(until);
    for (const account of [4, 5, 6]) expect(simulation.only.book.owners.open[account]).toBeLessThanOrEqual(5);
  }
  expect(simulation.only.book.restingOrders).toBeGreaterThan(400);
});

test('a noise trader improves the best price where the spread has room', () => {
  const simulation = stage('noise', { params: { rate: 10, inside: 1, market_share: 0 } });
  simulation.run(2 * S);
  const spread = simulation.only.book.bestAsk(0) - simulation.only.book.bestBid(0);
  expect(spread).toBeGreaterThan(0);
  expect(spread).toBeLessThan(20);
});
