// The speculator: leveraged positions for a while, stops at round prices, closed to the last lot; and who takes its place.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

// Half of 1,000,000 quanta ten times: 100 lots at 50,000. Nobody closes by itself.
const params = {
  wealth: 1_000_000,
  stake: 0.5,
  leverage: 10,
  idle: S / 1000,
  holds: 1e15,
  follows: 1,
  stops: 0,
  stop_at: 0.5,
  round: 1000,
  comes_back: 10 * S,
};

/** The market stands at 50,000, and then a little elsewhere, so that there is a last move. */
function speculator(over: Readonly<Record<string, number>> = {}, move = 0) {
  const simulation = stage('speculator', { params: { ...params, ...over } });
  standAt(simulation, 50_000 + move);
  simulation.run(S);
  return simulation;
}

describe('a speculator', () => {
  test.each([
    [1, 10, 100],
    [1, -10, -100],
    [0, 10, -100],
    [0, -10, 100],
  ])('who follows with probability %d holds after a move of %d ticks', (follows, move, lots) => {
    const simulation = speculator({ follows }, move);
    expect(heldBy(simulation)).toBe(lots);
    expect(takenBy(simulation)).toHaveLength(1);
  });

  test('begins like any other time between positions: of many, hardly any in the first second', () => {
    const simulation = stage('speculator', { count: 200, params: { ...params, idle: 100 * S } });
    const holding = () =>
      Array.from({ length: 200 }, (_, i) => heldBy(simulation, FIRST_TRADER + i)).filter((lots) => lots !== 0)
        .length;
    simulation.run(2 * S);
    expect(holding()).toBeLessThan(10);
    simulation.run(100 * S);
    expect(Math.abs(holding() / 200 - (1 - Math.exp(-1)))).toBeLessThan(0.12);
  });

  test('opens as much as its margin carries where the policy asks for more than it would', () => {
    const policy = { margin: { rule: 'flat', leverage: 4 }, ladder: 'immediate' } as const;
    const simulation = stage('speculator', { params, policy });
    simulation.run(S);
    expect(Math.abs(heldBy(simulation))).toBe(40); // half of 1,000,000 four times, at 50,000
  });

  test('holds it whatever the price does, if it has no stop', () => {
    const simulation = speculator();
    standAt(simulation, 47_000);
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(100);
  });

  test.each([
    [8, 47_000], // half of an eighth below: 46,875
    [25, 49_000], // half of a twenty-fifth below
  ])('with leverage %d has its stop at %d, a round price', (leverage, stop) => {
    const policy = { margin: { rule: 'flat', leverage: 50 }, ladder: 'immediate' } as const;
    const simulation = stage('speculator', { params: { ...params, leverage, stops: 1 }, policy });
    standAt(simulation, 50_000);
    simulation.run(S);
    const held = heldBy(simulation);
    expect(held).toBe(10 * leverage);
    standAt(simulation, stop + 1);
    simulation.run(2 * S);
    expect(heldBy(simulation)).toBe(held);
    standAt(simulation, stop);
    simulation.run(3 * S);
    expect(heldBy(simulation)).toBe(0);
    simulation.only.ledger.assertConserved();
  });

  test('closes all of it after a while, takes its stop back, and opens another one with what is left', () => {
    const simulation = speculator({ holds: 5 * S, stops: 1 });
    simulation.run(200 * S);
    const fills = takenBy(simulation);
    expect(fills.length).toBeGreaterThan(20);
    const orders = fills.map(({ lots }) => lots);
    for (let i = 1; i < orders.length; i += 2) expect(orders[i]).toBe(-orders[i - 1]!);
    // Each round trip costs two ticks a lot; what it holds is half of its money ten times.
    expect(orders[0]).toBe(100);
    expect(simulation.only.book.owners.open[FIRST_TRADER]).toBeLessThanOrEqual(1);
    simulation.only.ledger.assertConserved();
  });

  test('who has lost all is liquidated, and another one brings money in its place', () => {
    const simulation = speculator({ holds: 5 * S, stake: 1 });
    expect(heldBy(simulation)).toBe(200);
    standAt(simulation, 44_000); // a tenth and more
    simulation.run(1.5 * S);
    expect(heldBy(simulation)).toBe(0);
    expect(simulation.only.ledger.equity(FIRST_TRADER)).toBeLessThanOrEqual(0);
    const reserve = simulation.only.ledger.reserve(FIRST_TRADER);
    simulation.run(100 * S);
    expect(reserve - simulation.only.ledger.reserve(FIRST_TRADER)).toBeGreaterThanOrEqual(1_000_000);
    expect(takenBy(simulation).length).toBeGreaterThan(2);
    simulation.only.ledger.assertConserved();
  });
});
