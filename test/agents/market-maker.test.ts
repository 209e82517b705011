// The market maker: what it quotes in quiet times, with an inventory, and when the price jumps about.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE, SHOCK } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import type { Obligation } from '../../src/sim/terms/trading-rules.ts';
import { PLAIN_RULES } from '../../src/sim/terms/trading-rules.ts';
import { quotesOf, S, stage } from './stage.ts';

const params = { every: 50_000, levels: 3, size: 5, spread: 0.0001, spacing: 0.0004, inventory_limit: 100 };
const wide = { bids: { price: Int32Array.of(49_900), lots: Int32Array.of(1000) } };
const asks = { price: Int32Array.of(50_100), lots: Int32Array.of(1000) };
const maker = (over: Readonly<Record<string, number>> = {}) =>
  stage('market-maker', { params: { ...params, ...over }, instrument: { ...wide, asks } });

const hold = ({ only: { ledger } }: Simulation, lots: number) =>
  ledger.settle(FIRST_TRADER, OUTSIDE, 0, lots, ledger.marks[0]!);

/** Lots of each of its open orders. */
function lotsOut({ only: { book } }: Simulation): number[] {
  const lots: number[] = [];
  for (let row = book.oldest(FIRST_TRADER); row >= 0; row = book.orders.owner_next[row]! - 1) {
    lots.push(book.orders.lots(row));
  }
  return lots;
}

describe('a market maker', () => {
  test('quotes its levels round the middle, half spread and spacing apart', () => {
    const simulation = maker();
    simulation.run(S);
    expect(quotesOf(simulation)).toEqual({ bids: [49_995, 49_975, 49_955], asks: [50_005, 50_025, 50_045] });
    expect(lotsOut(simulation)).toEqual([5, 5, 5, 5, 5, 5]);
  });

  test('lets its quotes stand while nothing happens', () => {
    const simulation = maker();
    simulation.run(S);
    const { first } = simulation.only.book.owners;
    const order = first[FIRST_TRADER];
    simulation.run(10 * S);
    expect(first[FIRST_TRADER]).toBe(order);
    expect(simulation.wakes).toBeGreaterThan(100);
  });

  test('leans against its inventory, by half the spread at the limit', () => {
    const simulation = maker();
    hold(simulation, 50); // half of the limit
    const { open } = simulation.only.book.owners;
    while (open[FIRST_TRADER]! < 6) simulation.step(S); // its first quotes; later ones are round a middle of its own
    expect(quotesOf(simulation).bids[0]).toBe(49_992); // the centre is 2.5 ticks lower
    expect(quotesOf(simulation).asks[0]).toBe(50_003);
  });

  test.each([
    [100, 'bids'],
    [150, 'bids'],
    [-100, 'asks'],
  ] as const)('with %i lots quotes no more %s', (lots, side) => {
    const simulation = maker();
    hold(simulation, lots);
    simulation.run(S);
    const quotes = quotesOf(simulation);
    expect(quotes[side]).toEqual([]);
    expect(quotes[side === 'bids' ? 'asks' : 'bids']).toHaveLength(3);
  });

  test('quotes anew once one of its orders is filled', () => {
    const simulation = maker();
    simulation.run(S);
    simulation.only.commands.market(SHOCK, 0, -5, 0);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(5);
    simulation.run(2 * S);
    expect(quotesOf(simulation).bids).toHaveLength(3);
    expect(simulation.only.book.owners.open[FIRST_TRADER]).toBe(6);
  });

  test('widens with volatility, withdraws above its limit, and comes back', () => {
    const simulation = maker({ usual: 0.0001, withdraw_above: 5, memory: 0.1 });
    simulation.run(S);
    const quiet = quotesOf(simulation).asks[0]!;
    // Somebody's better quotes move the middle by 30 ticks: σ² becomes a tenth of the squared return.
    simulation.only.commands.limit(SHOCK, 0, 1, 50_060, 0, false);
    simulation.run(1.2 * S);
    expect(quotesOf(simulation)).not.toEqual({ bids: [], asks: [] });
    expect(quotesOf(simulation).asks.every((price) => price > quiet)).toBe(true);
    // The next ones by 2 %, far above five times the usual.
    simulation.only.commands.market(SHOCK, 0, 2000, 0);
    simulation.only.commands.limit(SHOCK, 0, 100, 51_000, 0, false);
    simulation.only.commands.limit(SHOCK, 0, -100, 51_100, 0, false);
    simulation.run(1.5 * S);
    expect(quotesOf(simulation)).toEqual({ bids: [], asks: [] });
    simulation.run(60 * S);
    expect(quotesOf(simulation).bids).toHaveLength(3);
  });

  describe('in a volatility halt', () => {
    const halted = (makers: Obligation) => {
      const halt = { move_ppm: 10_000, within_us: 60 * S, call_us: 5 * S, makers };
      const trading = { ...PLAIN_RULES, halt };
      const simulation = stage('market-maker', { params, instrument: { ...wide, asks, trading } });
      simulation.run(S);
      simulation.only.commands.limit(SHOCK, 0, 100, 49_000, 0, false);
      simulation.only.commands.market(SHOCK, 0, -1050, 0);
      expect(simulation.only.commands.phases.isHalted(0)).toBe(true);
      simulation.run(3 * S);
      return simulation;
    };

    test('withdraws when it is not obliged to anything', () => {
      const simulation = halted({ kind: 'none' });
      expect(quotesOf(simulation)).toEqual({ bids: [], asks: [] });
      simulation.run(12 * S);
      expect(simulation.only.commands.phases.isHalted(0)).toBe(false);
    });

    test('quotes both sides within the spread that it is obliged to', () => {
      const { bids, asks: offers } = quotesOf(halted({ kind: 'spread', share: 0.001 }));
      expect([bids.length, offers.length]).toEqual([3, 3]);
      expect(offers[0]! - bids[0]!).toBeLessThanOrEqual(50);
      expect(offers[0]! - bids[0]!).toBeGreaterThan(0);
    });

    test('quotes the size that it is obliged to', () => {
      const simulation = halted({ kind: 'size', lots: 30 });
      expect(quotesOf(simulation).bids).toHaveLength(3);
      expect(Math.min(...lotsOut(simulation))).toBeGreaterThanOrEqual(30);
    });
  });
});
