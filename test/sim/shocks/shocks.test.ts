// The shocks: what is done to the market from outside, step by step.
import { describe, expect, test } from 'vitest';
import type { ShockActions } from '../../../src/sim/shocks/shock.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { FIRST_TRADER, SHOCK } from '../../../src/clearing/schema.ts';
import { group, instrument, levels, scenarioOf, shock } from '../by-hand.ts';

const S = 1_000_000;

/** Plays a shock alone: what it does, and when. */
function play(written: Parameters<typeof shock>[0], reference = 50_000, tickLot = 1): string[] {
  const done: string[] = [];
  const compiled = shock(written);
  let now = compiled.at_us;
  const actions: ShockActions = {
    reference: () => reference,
    lotValue: (_: number, price: number) => price * tickLot,
    trade: (of, lots) => done.push(`${now / S} s: ${lots} lots of ${of}`),
    jump: (of, change) => done.push(`${now / S} s: ${of} by ${change}`),
    suspend: (kind, duration) => done.push(`${now / S} s: ${kind} for ${duration / S} s`),
  };
  for (let step = 0; ; step++) {
    const delay = compiled.step(step, actions);
    if (delay < 0) return done;
    now += delay;
  }
}

describe('a sale', () => {
  test('is one market order', () => {
    expect(play({ kind: 'sale', at: '2 s', lots: 30, instrument: '1' })).toEqual(['2 s: -30 lots of 1']);
  });
});

describe('a sell programme', () => {
  test('of no duration is one order of the whole notional at the reference price', () => {
    // 10,000 units of 100 quanta at 50,000 quanta a lot
    expect(play({ kind: 'sell-programme', at: '1 s', notional: 10_000 })).toEqual(['1 s: -20 lots of 0']);
    expect(play({ kind: 'sell-programme', at: '1 s', notional: 10_000 }, 20_000, 5)).toEqual([
      '1 s: -10 lots of 0',
    ]);
  });

  test('is cut into slices of whole lots that sum to it', () => {
    const sales = play({ kind: 'sell-programme', at: '1 s', over: '3 s', every: '500 ms', notional: 10_000 });
    expect(sales).toEqual([
      '1 s: -3 lots of 0',
      '1.5 s: -4 lots of 0',
      '2 s: -3 lots of 0',
      '2.5 s: -3 lots of 0',
      '3 s: -4 lots of 0',
      '3.5 s: -3 lots of 0',
    ]);
  });

  test('too small for a lot a slice waits until a lot is due', () => {
    const sales = play({ kind: 'sell-programme', at: 0, over: '10 s', every: '1 s', notional: 1500 });
    expect(sales).toEqual(['1 s: -1 lots of 0', '4 s: -1 lots of 0', '8 s: -1 lots of 0']);
  });
});

describe('a value jump and a withdrawal', () => {
  test('are one act each', () => {
    expect(play({ kind: 'value-jump', at: '5 s', change: '-3 %' })).toEqual(['5 s: 0 by -0.03']);
    expect(play({ kind: 'withdrawal', at: '5 s', duration: '2 s' })).toEqual(['5 s: market-maker for 2 s']);
  });
});

describe('a value that moves over a time', () => {
  test('makes equal relative steps that come to the change', () => {
    const moves = play({ kind: 'value-jump', at: '5 s', change: '-19 %', over: '400 ms', every: '200 ms' });
    // .9 · .9 = .81
    expect(moves.map((move) => move.replace(/-0\.\d+/, (share) => Number(share).toFixed(12)))).toEqual([
      '5 s: 0 by -0.100000000000',
      '5.2 s: 0 by -0.100000000000',
    ]);
    expect(play({ kind: 'value-jump', at: 0, change: '1 %', over: '3 s' })).toHaveLength(30);
  });
});

describe('in a world', () => {
  const quiet = instrument({ index: { volatility: 0, every_us: S } });

  test('the sale is made in the account of the shocks, and the extremes of the price are kept from then on', () => {
    const spec = { ...quiet, bids: levels(49_999, -1, 10, 5), asks: levels(50_001, 1, 10, 5) };
    const shocks = [shock({ kind: 'sale', at: '2 s', lots: 12 })];
    const simulation = new Simulation(scenarioOf({ instruments: [spec], groups: [], shocks }));
    simulation.start(expandSeed('sale'));
    simulation.run(S);
    expect(simulation.only.tables.prices.reference[0]).toBe(0);
    simulation.run(2 * S);
    const { reference, low, high } = simulation.only.tables.prices;
    expect([reference[0], low[0], high[0]]).toEqual([50_000, 49_997, 50_000]);
    expect(simulation.only.ledger.position(SHOCK, 0)).toBe(-12);
    expect(simulation.only.book.bestBid(0)).toBe(49_997);
  });

  test('a jump moves the value by the share, at its time', () => {
    const shocks = [shock({ kind: 'value-jump', at: '2 s', change: 0.1 })];
    const simulation = new Simulation(scenarioOf({ instruments: [quiet], groups: [], shocks }));
    simulation.start(expandSeed('jump'));
    simulation.run(2 * S - 1);
    expect(simulation.only.tables.prices.index[0]).toBe(50_000);
    simulation.run(2 * S);
    expect(simulation.only.tables.prices.index[0]).toBeCloseTo(55_000, 6);
  });

  test('a withdrawal empties the quotes of its kind, and they come back when it is over', () => {
    const shocks = [shock({ kind: 'withdrawal', at: '2 s', duration: '3 s' })];
    const spec = { ...quiet, bids: levels(49_000, -1, 1, 5), asks: levels(51_000, 1, 1, 5) };
    const groups = [group('market-maker', 3), group('value', 5)];
    const latency = { order_us: 0 };
    const simulation = new Simulation(scenarioOf({ instruments: [spec], groups, shocks, latency }));
    simulation.start(expandSeed('withdrawal'));
    const quotes = () => [0, 1, 2].map((i) => simulation.only.book.owners.open[FIRST_TRADER + i]);
    simulation.run(2 * S - 1);
    expect(Math.min(...quotes().map(Number))).toBeGreaterThan(0);
    simulation.run(2 * S);
    expect(quotes()).toEqual([0, 0, 0]);
    simulation.run(5 * S - 1);
    expect(quotes()).toEqual([0, 0, 0]);
    expect(simulation.only.book.bestBid(0)).toBe(49_000);
    simulation.run(6 * S);
    expect(Math.min(...quotes().map(Number))).toBeGreaterThan(0);
  });
});
