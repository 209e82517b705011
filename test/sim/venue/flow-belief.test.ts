// What traders believe after trades: the formulas of flow-belief.ts by hand, on a book that nobody else touches.
import { describe, expect, test } from 'vitest';
import { OUTSIDE, SHOCK } from '../../../src/clearing/schema.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { SELL } from '../../../src/market/book.ts';
import type { FlowSpec } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, levels, NO_LATENCY, scenarioOf } from '../by-hand.ts';
import { newOrder } from '../../../src/market/order.ts';

const S = 1_000_000;
const flow: FlowSpec = {
  impact: 1e-4,
  of_lots: 100,
  exponent: 0.5,
  memory_us: S,
  fades: [
    { share: 0.5, time_us: S },
    { share: 0.3, time_us: 100 * S },
  ],
  stale_ticks: 30,
  yields_us: 1e15,
  anchor_us: 3 * S,
  calms_us: 10 * S,
};

function market(over: Partial<FlowSpec> = {}): Simulation {
  const simulation = new Simulation(
    scenarioOf({
      instruments: [
        instrument({
          bids: levels(49_999, -1, 5, 100_000),
          asks: levels(50_001, 1, 5, 100_000),
          index: { volatility: 0, every_us: 100_000 },
          flow: { ...flow, ...over },
        }),
      ],
      groups: [group('dip-buyer', 0)],
      latency: NO_LATENCY,
    }),
  );
  simulation.start(expandSeed('flow'));
  return simulation;
}

const belief = (simulation: Simulation): number => simulation.only.tables.flow.belief[0]!;
const index = (simulation: Simulation): number => simulation.only.tables.prices.index[0]!;
const trade = (simulation: Simulation, lots: number): void => {
  simulation.only.commands.market(SHOCK, 0, lots, 0);
};

describe('belief after trades', () => {
  test('one order alone moves it by impact · (lots / of)^exponent, and the index by what is to stay', () => {
    const simulation = market();
    trade(simulation, 400); // twice the impact: 2e-4, of which 80 % fade
    expect(belief(simulation)).toBeCloseTo(1.6e-4, 12);
    expect(index(simulation)).toBeCloseTo(50_000 * (1 + 0.4e-4), 6);
    const other = market();
    trade(other, -400);
    expect(belief(other)).toBeCloseTo(-1.6e-4, 12);
  });

  test('an order moves it as its parts at one moment do', () => {
    const whole = market();
    trade(whole, 900);
    const parts = market();
    for (let i = 0; i < 90; i++) trade(parts, 10);
    expect(belief(parts) / belief(whole)).toBeCloseTo(1, 10);
    const undone = market();
    trade(undone, 900);
    trade(undone, -900);
    expect(belief(undone)).toBeCloseTo(0, 12);
  });

  test('a second order within the memory adds less, after it as much as the first', () => {
    const soon = market({ fades: [{ share: 1, time_us: 1e15 }] });
    trade(soon, 100);
    soon.run(S); // e^-1 of the first order is remembered
    trade(soon, 100);
    const left = Math.exp(-1);
    expect(belief(soon)).toBeCloseTo(1e-4 * (1 + Math.sqrt(1 + left) - Math.sqrt(left)), 9);
    const late = market({ fades: [{ share: 1, time_us: 1e15 }] });
    trade(late, 100);
    late.run(60 * S);
    trade(late, 100);
    expect(belief(late)).toBeCloseTo(2e-4, 9);
  });

  test('fades by its parts', () => {
    const simulation = market();
    trade(simulation, 100);
    simulation.run(2 * S);
    expect(belief(simulation)).toBeCloseTo(1e-4 * (0.5 * Math.exp(-2) + 0.3 * Math.exp(-0.02)), 12);
  });

  test('orders that stood far better than the view tell nothing', () => {
    const simulation = market();
    const { book } = simulation.only;
    book.rest(newOrder({ side: SELL, price: 49_999 + 1, lots: 7, owner: OUTSIDE })); // at the view: told
    trade(simulation, 7);
    const told = belief(simulation);
    expect(told).toBeGreaterThan(0);
    const stale = market();
    stale.only.tables.prices.index[0] = 50_040; // the book's asks are 39 ticks too cheap
    trade(stale, 7);
    expect(belief(stale)).toBe(0);
    trade(stale, -7); // and its bids are no bargain for a seller
    expect(belief(stale)).toBeLessThan(0);
  });

  test('gives in to a last price that stays away', () => {
    const simulation = market({ yields_us: 10 * S, impact: 0 });
    trade(simulation, 1); // last price 50,001
    simulation.only.tables.prices.index[0] = 49_000;
    simulation.run(60 * S);
    const gap = 50_001 / 49_000 - 1;
    // It comes to the gap, but for what the slowest part forgets meanwhile: x = gap · a / (a + b), a = 1/10, b = 1/100.
    expect(belief(simulation) / ((gap * 0.1) / 0.11)).toBeCloseTo(1, 1);
  });
});
