// The value trader: buys below and sells above its value, never beyond it, never past its limit.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { shock } from '../sim/by-hand.ts';
import { S, stage, takenBy } from './stage.ts';

const params = { rate: 5, error: 0, threshold: 0.001, size: 50, limit: 100_000 };
const jump = (change: number) => [shock({ kind: 'value-jump', at: 0, change })];

describe('a value trader', () => {
  test('does nothing while the price is within its threshold of the value', () => {
    const simulation = stage('value', { params });
    simulation.run(20 * S);
    expect(simulation.wakes).toBeGreaterThan(50);
    expect(takenBy(simulation)).toEqual([]);
  });

  test('buys up to its threshold short of a higher value', () => {
    const simulation = stage('value', { params, shocks: jump(0.01) }); // 50,500: it pays 50,449 at most
    simulation.run(60 * S);
    const fills = takenBy(simulation);
    expect(Math.min(...fills.map(({ lots }) => lots))).toBeGreaterThan(0);
    expect(Math.max(...fills.map(({ price }) => price))).toBe(50_440);
    expect(simulation.only.book.bestAsk(0)).toBe(50_450);
  });

  test('sells down to its threshold above a lower value', () => {
    const simulation = stage('value', { params, shocks: jump(-0.01) }); // 49,500: it takes 49,550 at least
    simulation.run(60 * S);
    const fills = takenBy(simulation);
    expect(Math.max(...fills.map(({ lots }) => lots))).toBeLessThan(0);
    expect(Math.min(...fills.map(({ price }) => price))).toBe(49_550);
    expect(simulation.only.book.bestBid(0)).toBe(49_540);
  });

  test('stops at its limit, give or take its last order', () => {
    const simulation = stage('value', { params: { ...params, limit: 300 }, shocks: jump(0.05) });
    simulation.run(60 * S);
    const position = simulation.only.ledger.position(FIRST_TRADER, 0);
    expect(position).toBeGreaterThanOrEqual(300);
    expect(position).toBeLessThan(900);
  });

  test('errs about the value by its error', () => {
    const simulation = stage('value', { count: 5, params: { ...params, error: 0.002 } });
    simulation.run(30 * S);
    const fills = [4, 5, 6, 7, 8].flatMap((account) => takenBy(simulation, account));
    expect(fills.some(({ lots }) => lots > 0)).toBe(true);
    expect(fills.some(({ lots }) => lots < 0)).toBe(true);
  });
});
