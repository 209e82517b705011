// The maker at the touch: one tick round the view, leaning, leaving, closing elsewhere.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, SHOCK } from '../../src/clearing/schema.ts';
import type { InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { levels } from '../sim/by-hand.ts';
import { quotesOf, S, stage } from './stage.ts';

// 20 lots at 50,000 quanta each; a cost of 0, so that money can be counted by hand.
const params = { size: 1_000_000, limit: 50_000_000, lean: 0.00011, cost: 0, capital: 500_000_000 };
const flow: InstrumentSpec['flow'] = {
  impact: 0,
  of_lots: 100,
  exponent: 0.5,
  memory_us: S,
  fades: [{ share: 1, time_us: S }],
  stale_ticks: 1e6,
  yields_us: 1e15,
  anchor_us: 3 * S,
  calms_us: 10 * S,
};
const quiet: Partial<InstrumentSpec> = { index: { volatility: 0, every_us: 100_000 }, flow };

function maker(
  over: Readonly<Record<string, number>> = {},
  instrument: Partial<InstrumentSpec> = {},
): Simulation {
  return stage('touch-maker', { params: { ...params, ...over }, instrument: { ...quiet, ...instrument } });
}

describe('a maker at the touch', () => {
  test('quotes one tick round the view', () => {
    const simulation = maker();
    simulation.run(2 * S);
    expect(quotesOf(simulation)).toEqual({ bids: [50_000], asks: [50_001] });
    expect(simulation.only.book.lotsAt(0, 0, 50_000)).toBe(20);
  });

  test('follows the view beyond its tolerance, and not within it', () => {
    const simulation = maker();
    simulation.run(2 * S);
    simulation.only.tables.prices.index[0] = 50_003.5;
    simulation.run(3 * S);
    expect(quotesOf(simulation)).toEqual({ bids: [50_000], asks: [50_001] });
    simulation.only.tables.prices.index[0] = 49_993.5;
    simulation.run(4 * S);
    expect(quotesOf(simulation)).toEqual({ bids: [49_993], asks: [49_994] });
  });

  test('leans by its position: at the limit by all of it, and quotes one side only', () => {
    const simulation = maker({ closes: 1e12 });
    simulation.run(2 * S);
    for (let i = 0; i < 40; i++) {
      simulation.only.commands.market(SHOCK, 0, -20, 0);
      simulation.run((3 + i) * S);
    }
    const held = simulation.only.ledger.position(FIRST_TRADER, 0);
    expect(held).toBe(800); // of 1,000
    const leant = Math.floor(50_000 * (1 - 0.00011 * 0.8));
    expect(quotesOf(simulation)).toEqual({ bids: [leant], asks: [leant + 1] });
    for (let i = 0; i < 20; i++) {
      simulation.only.commands.market(SHOCK, 0, -20, 0);
      simulation.run((60 + i) * S);
    }
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(1000);
    expect(quotesOf(simulation)).toEqual({ bids: [], asks: [49_995] });
  });

  test('closes its position on another venue, at the index', () => {
    const simulation = maker({ closes: 20 * S });
    simulation.run(2 * S);
    simulation.only.commands.market(SHOCK, 0, -20, 0);
    const bought = 50_000;
    simulation.only.tables.prices.index[0] = 50_000;
    simulation.run(4 * S);
    const { ledger } = simulation.only;
    const left = ledger.position(FIRST_TRADER, 0);
    expect(left).toBeLessThan(20);
    // 20 lots bought at the index, some sold there again: nothing is gained or lost.
    expect(ledger.accounts.quote[FIRST_TRADER]! + left * bought).toBe(500_000_000);
    ledger.assertConserved();
  });

  test('thins and widens with the stress of the market', () => {
    const simulation = maker({ withdraw_above: 2, widen: 0.001 });
    simulation.run(2 * S);
    simulation.only.tables.flow.stress[0] = 4;
    simulation.only.tables.prices.index[0] = 50_010.5; // looks again; no volatility is usual here, so the stress stays
    simulation.run(3 * S);
    expect(quotesOf(simulation)).toEqual({ bids: [50_010 - 50], asks: [50_011 + 50] });
    expect(simulation.only.book.lotsAt(0, 0, 49_960)).toBe(10 + 100); // half of its 20, beside the book's 100
  });

  test('leaves when it has lost its limit: it sells what it holds, rests, and comes back', () => {
    const simulation = maker(
      { capital: 1_000_000, loss_limit: 0.02, dumps: 10 * S, rests: 60 * S, closes: 1e12 },
      { bids: levels(49_000, -1, 50, 100, 10) },
    );
    simulation.run(2 * S);
    simulation.only.commands.market(SHOCK, 0, -20, 0);
    simulation.run(3 * S);
    const position = () => simulation.only.ledger.position(FIRST_TRADER, 0);
    expect(position()).toBe(20);
    // 20 lots lose 1,000 each at the mark, which is the last price: the limit of 20,000.
    simulation.only.tables.prices.index[0] = 48_000;
    simulation.only.commands.market(SHOCK, 0, -30, 0);
    simulation.run(5 * S);
    expect(position()).toBeLessThan(20 + 20);
    simulation.run(30 * S);
    expect(position()).toBe(0);
    expect(quotesOf(simulation)).toEqual({ bids: [], asks: [] });
    simulation.run(120 * S);
    expect(quotesOf(simulation).bids.length + quotesOf(simulation).asks.length).toBeGreaterThan(0);
  });
});
