// The taker: bursts of one sign, sizes of a heavy tail.
import { describe, expect, test } from 'vitest';
import { agreement, deep, ordersOf } from './orders.ts';
import { S, stage } from './stage.ts';

describe('a taker', () => {
  test('comes in bursts of one sign: signs agree with the probability that the burst goes on', () => {
    const simulation = stage('taker', { params: { gap: S, again: 0.7 }, instrument: deep });
    const orders = ordersOf(simulation, 3000 * S);
    expect(orders.length).toBeGreaterThan(5000);
    for (const lag of [1, 2, 3]) expect(Math.abs(agreement(orders, lag) - 0.7 ** lag)).toBeLessThan(0.06);
  });

  test('has values between its bounds, with the tail of its law', () => {
    const simulation = stage('taker', {
      params: { gap: S, least: 500_000, tail: 1.3, most: 50_000_000 },
      instrument: deep,
    });
    const lots = ordersOf(simulation, 2000 * S).map((order) => Math.abs(order.lots));
    expect(Math.min(...lots)).toBe(10);
    expect(Math.max(...lots)).toBe(1000);
    const beyond = lots.filter((n) => n >= 100).length / lots.length;
    const expected = (10 / 100) ** 1.3;
    expect(Math.abs(beyond / expected - 1)).toBeLessThan(0.25);
  });
});
