// The trend follower: its position against the trend that it sees.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { shock, tableOf } from '../sim/by-hand.ts';
import { S, stage } from './stage.ts';

const WEALTH = 10_000_000; // quanta: 200 lots at 50,000
const params = { every: 200_000, wealth: WEALTH, leverage: 5, memory: 0.001, threshold: 0.0005, slice: 1e12 };

/** Somebody moves the price by `lots` at two seconds. */
function after(lots: number, over: Readonly<Record<string, number>> = {}, leverage = 10): Simulation {
  const bought = lots > 0;
  const policy = { margin: { rule: 'flat', leverage }, ladder: 'immediate' } as const;
  const simulation = stage('trend', { params: { ...params, ...over }, policy });
  simulation.run(2 * S);
  expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(0);
  simulation.only.commands.market(3, 0, lots, 0);
  // The other side follows, so that the middle moves as the price did.
  if (bought) simulation.only.commands.limit(3, 0, 4000, simulation.only.book.bestAsk(0) - 10, 0, false);
  else simulation.only.commands.limit(3, 0, -4000, simulation.only.book.bestBid(0) + 10, 0, false);
  simulation.run(4 * S);
  return simulation;
}

describe('a trend follower', () => {
  test('brings its wealth and does nothing without a trend', () => {
    const simulation = stage('trend', { params });
    expect(simulation.only.ledger.equity(FIRST_TRADER)).toBe(WEALTH);
    expect(tableOf(simulation, 'trend')['average']![0]).toBe(50_000);
    simulation.run(60 * S);
    expect(simulation.only.book.fills.count).toBe(0);
  });

  test.each([
    ['up', 1000, 1],
    ['down', -1000, -1],
  ])('goes with a trend %s, at its leverage', (_, lots, direction) => {
    const { ledger } = after(lots).only;
    const position = ledger.position(FIRST_TRADER, 0);
    expect(Math.sign(position)).toBe(direction);
    const notional = Math.abs(position) * ledger.marks[0]!;
    expect(notional / ledger.equity(FIRST_TRADER)).toBeGreaterThan(4); // a fifth off is not worth a trade
    expect(notional / ledger.equity(FIRST_TRADER)).toBeLessThan(6);
  });

  test.each([1000, -1000])('holds what the policy allows where that is less, after %d lots', (lots) => {
    const { ledger } = after(lots, {}, 2).only;
    const notional = Math.abs(ledger.position(FIRST_TRADER, 0)) * ledger.marks[0]!;
    expect(notional / ledger.equity(FIRST_TRADER)).toBeGreaterThan(1.6);
    expect(notional / ledger.equity(FIRST_TRADER)).toBeLessThan(2.1);
  });

  test('takes as many lots short as long, and none that it cannot pay for', () => {
    // Money for 0.8 lots at its leverage.
    const wealth = 8000;
    for (const lots of [1000, -1000]) {
      expect(after(lots, { wealth }).only.ledger.position(FIRST_TRADER, 0)).toBe(0);
    }
  });

  test('is flat again when its average has caught up', () => {
    const simulation = after(1000, { memory: 0.05 });
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBeGreaterThan(0);
    simulation.run(60 * S);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(0);
  });

  test('without equity left holds nothing', () => {
    const simulation = stage('trend', {
      params: { ...params, wealth: 0 },
      shocks: [shock({ kind: 'sale', at: '1 s', lots: 1000 })],
    });
    simulation.run(10 * S);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(0);
  });
});
