// The zero-intelligence trader: coins, uniform prices, exponential lives, whatever the market does.
import { expect, test } from 'vitest';
import { S, stage } from './stage.ts';

interface Sent {
  readonly time: number;
  readonly price: number;
  readonly lots: number;
  readonly until: number;
}

/** 20 lots each, a hundred a second, up to 500 ticks from 50,010 or 49,990. */
const params = { rate: 10, size: 1_000_000, market_share: 0.25, window: 0.01, life: 5 * S };

/** What ten of them send in a minute. The market is the same for every order: none of them arrives. */
function sent(over: Readonly<Record<string, number>> = {}): Sent[] {
  const simulation = stage('zero-intelligence', { count: 10, params: { ...params, ...over } });
  const orders: Sent[] = [];
  const { commands: venue, queue } = simulation.only;
  venue.order = ({ side, lots, price }, until) => {
    orders.push({ time: queue.now, price, lots: side === 0 ? lots : -lots, until });
  };
  venue.market = (_account, _instrument, lots) => {
    orders.push({ time: queue.now, price: 0, lots, until: 0 });
  };
  simulation.run(60 * S);
  return orders;
}

test('sends orders of one value at its rate, on either side by a coin, some of them at market', () => {
  const orders = sent();
  expect(Math.abs(orders.length - 6000)).toBeLessThan(4 * Math.sqrt(6000));
  expect(new Set(orders.map(({ lots }) => Math.abs(lots)))).toEqual(new Set([20]));
  const within = (share: number, p: number): void => {
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / orders.length));
  };
  within(orders.filter(({ lots }) => lots > 0).length / orders.length, 0.5);
  within(orders.filter(({ price }) => price === 0).length / orders.length, 0.25);
});

test('rests at any price within its window of the other side’s best, each as likely', () => {
  const bids = sent({ market_share: 0 }).filter(({ lots }) => lots > 0);
  const distances = bids.map(({ price }) => 50_010 - price);
  expect(Math.min(...distances)).toBe(1);
  expect(Math.max(...distances)).toBe(501); // 1 % of 50,010
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  expect(Math.abs(mean - 251)).toBeLessThan((4 * 501) / Math.sqrt(12 * distances.length));
});

test('forgets orders for an exponential time', () => {
  const lives = sent({ market_share: 0 }).map(({ time, until }) => until - time);
  const mean = lives.reduce((sum, life) => sum + life, 0) / lives.length;
  expect(Math.abs(mean / (5 * S) - 1)).toBeLessThan(4 / Math.sqrt(lives.length));
  const beyond = lives.filter((life) => life > 10 * S).length / lives.length;
  expect(beyond).toBeCloseTo(Math.exp(-2), 1);
});

test('its orders end when their time is over', () => {
  const simulation = stage('zero-intelligence', {
    count: 1,
    params: { ...params, market_share: 0, life: S },
  });
  simulation.run(20 * S);
  expect(simulation.only.book.owners.open[8]).toBeGreaterThan(0);
  // Ten a second that rest a second each: about ten at any time, not two hundred.
  expect(simulation.only.book.owners.open[8]).toBeLessThan(30);
});
