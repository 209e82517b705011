// The leveraged holder: how it is set up, and what it does with a margin call.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import { shock } from '../sim/by-hand.ts';
import { S, stage } from './stage.ts';

const A = FIRST_TRADER;
const flat = (leverage: number, maintenance_rate = 0.005): WrittenPolicy => ({
  margin: { rule: 'flat', leverage, maintenance_rate },
  ladder: [{ rung: 'call', grace: '20 s' }, { rung: 'full' }],
});

describe('a holder is born', () => {
  test('with its position and its leverage', () => {
    const { ledger } = stage('leveraged-holder', {
      params: { size: 40, leverage: 8 },
      policy: flat(50),
    }).only;
    expect(ledger.position(A, 0)).toBe(40);
    expect(ledger.equity(A)).toBe((40 * 50_000) / 8);
    expect(ledger.accounts.reserve[A]).toBe(0.3 * ledger.equity(A));
  });

  test('short, if that is its side', () => {
    const { ledger } = stage('leveraged-holder', { params: { size: 40, side: -1 }, policy: flat(50) }).only;
    expect(ledger.position(A, 0)).toBe(-40);
  });

  test('with less leverage where the policy asks for more', () => {
    const { ledger } = stage('leveraged-holder', {
      params: { size: 40, leverage: 100 },
      policy: flat(20),
    }).only;
    expect(ledger.equity(A)).toBe((40 * 50_000) / 20);
  });

  test('in the past: with what the market has given or taken since', () => {
    const params = { size: 40, leverage: 5, entry: -0.1 }; // opened at 45,000
    const { ledger } = stage('leveraged-holder', { params, policy: flat(50) }).only;
    expect(ledger.equity(A)).toBe((40 * 45_000) / 5 + 40 * 5000);
  });

  test('today, if it would be called at once otherwise', () => {
    const params = { size: 40, leverage: 20, entry: 0.06 }; // opened at 53,000, with 106,000 to lose
    const { ledger, house } = stage('leveraged-holder', { params, policy: flat(50) }).only;
    expect(ledger.equity(A)).toBe((40 * 50_000) / 20);
    expect(house.callCount).toBe(0);
  });

  test.each([
    ['a small initial margin', flat(100)],
    ['an initial margin no larger than maintenance', flat(20, 0.05)],
    ['maintenance above the initial margin', flat(100, 0.05)],
  ])('healthy, under %s', (_, policy) => {
    const simulation = stage('leveraged-holder', {
      count: 200,
      params: {
        size: { kind: 'exponential', mean: 50 },
        leverage: { kind: 'uniform', low: 1, high: 200 },
        entry: { kind: 'uniform', low: -0.05, high: 0.05 },
      },
      policy,
    });
    simulation.run(S);
    expect(simulation.only.house.callCount).toBe(0);
    simulation.only.ledger.assertConserved();
  });

  test('as part of an open interest, the sizes of a group are scaled to it', () => {
    const { ledger } = stage('leveraged-holder', { params: { size: 0.4 }, policy: flat(50) }).only;
    expect(ledger.position(A, 0)).toBe(1); // one lot at least
  });
});

describe('a holder that is called', () => {
  /** Thirty holders of 10 lots at leverage 20 after a sale to 48,300, a loss of 3.4 of their 5 %. */
  function called(params: Readonly<Record<string, number>>): Simulation {
    const simulation = stage('leveraged-holder', {
      count: 30,
      params: { size: 10, leverage: 20, reserve: 2, answer_time: S, ...params },
      policy: flat(20, 0.02),
      shocks: [shock({ kind: 'sale', at: '1 s', lots: 16_950 })],
    });
    simulation.run(S);
    expect(simulation.only.house.callCount).toBe(30);
    simulation.run(20 * S);
    return simulation;
  }
  const positions = ({ only: { ledger } }: Simulation): number[] =>
    Array.from({ length: 30 }, (_, i) => ledger.position(A + i, 0));

  test('brings the money if it answers, and keeps the position', () => {
    const simulation = called({ answers: 1, reduces: 0 });
    expect(new Set(positions(simulation))).toEqual(new Set([10]));
    const { topped_up, ended_us } = simulation.only.house.calls;
    expect(Math.min(...topped_up.subarray(0, 30))).toBeGreaterThan(0);
    const waits = Array.from(ended_us.subarray(0, 30), (end) => end - S);
    const mean = waits.reduce((sum, wait) => sum + wait) / 30;
    expect(mean).toBeGreaterThan(0.4 * S); // exponential with a mean of one second
    expect(mean).toBeLessThan(1.8 * S);
  });

  test('closes half if it reduces', () => {
    expect(new Set(positions(called({ answers: 0, reduces: 1 })))).toEqual(new Set([5]));
  });

  test('does nothing if it does neither, and is liquidated', () => {
    const simulation = called({ answers: 0, reduces: 0 });
    expect(new Set(positions(simulation))).toEqual(new Set([10]));
    simulation.run(60 * S);
    expect(simulation.only.house.liquidationCount).toBeGreaterThan(0);
  });

  test('does each with its probability', () => {
    const simulation = called({ answers: 0.5, reduces: 0.3 });
    const count = (lots: number) => positions(simulation).filter((held) => held === lots).length;
    expect(count(5)).toBeGreaterThan(3);
    expect(count(5)).toBeLessThan(17);
    const { topped_up } = simulation.only.house.calls;
    const answered = topped_up.subarray(0, 30).filter((quanta) => quanta > 0).length;
    expect(answered).toBeGreaterThan(6);
    expect(answered).toBeLessThan(24);
  });
});
