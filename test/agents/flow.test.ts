// Takers and executors of metaorders: sizes, signs, pace.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { levels } from '../sim/by-hand.ts';
import { S, stage } from './stage.ts';

const deep = { bids: levels(49_999, -1, 40, 1_000_000), asks: levels(50_001, 1, 40, 1_000_000) };

/** Market orders of an account, one a sweep, and when they came. */
function ordersOf(simulation: Simulation, until: number): { lots: number; time: number }[] {
  const { fills } = simulation.book;
  const orders: { lots: number; time: number }[] = [];
  let seen = 0;
  for (let time = S; time <= until; time += S) {
    simulation.run(time);
    for (; seen < fills.count; seen++) {
      const sweep = fills.sweepOf(seen);
      if (fills.sweeps.taker(sweep) !== FIRST_TRADER) continue;
      const lots = fills.lots(fills.row(seen));
      orders.push({ lots: fills.sweeps.side(sweep) === 0 ? lots : -lots, time: fills.sweeps.time(sweep) });
    }
  }
  return orders;
}

const agreement = (orders: readonly { lots: number }[], lag: number): number => {
  let sum = 0;
  for (let i = lag; i < orders.length; i++)
    sum += Math.sign(orders[i]!.lots) * Math.sign(orders[i - lag]!.lots);
  return sum / (orders.length - lag);
};

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

describe('an executor of metaorders', () => {
  test('sends many orders of one sign, as many as the law of their number says', () => {
    const simulation = stage('metaorder', { params: { gap: S / 4, least: 5, tail: 1.5 }, instrument: deep });
    const orders = ordersOf(simulation, 2500 * S);
    // P(n ≥ 5) = 1: five orders of one sign at least, so that neighbours agree in more than 4 of 5 cases.
    expect(agreement(orders, 1)).toBeGreaterThan(0.8);
    expect(agreement(orders, 50)).toBeGreaterThan(0.2);
    expect(orders.length).toBeGreaterThan(8000);
  });

  test('is paced by its gap', () => {
    const simulation = stage('metaorder', { params: { gap: S / 2 }, instrument: deep });
    expect(ordersOf(simulation, 1000 * S).length / 2000).toBeCloseTo(1, 1);
  });

  test('rests after each metaorder where it is told to, and not within one', () => {
    const params = { gap: S / 100, least: 5, tail: 20, longest: 5, rest: 10 * S };
    const times = ordersOf(stage('metaorder', { params, instrument: deep }), 1000 * S).map(
      ({ time }) => time,
    );
    const waits = times.slice(1).map((time, i) => time - times[i]!);
    const rests = waits.filter((_wait, i) => i % 5 === 4);
    expect(Math.max(...waits.filter((_wait, i) => i % 5 !== 4))).toBeLessThan(S);
    expect(rests.reduce((sum, wait) => sum + wait, 0) / rests.length / (10 * S)).toBeGreaterThan(0.7);
  });
});
