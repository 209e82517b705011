// The executor of metaorders: many orders of one sign, their number of a heavy tail, its pace and its rests.
import { describe, expect, test } from 'vitest';
import { agreement, deep, ordersOf } from './orders.ts';
import { S, stage } from './stage.ts';

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
