// The depth provider: an order a side within its layer, renewed, away after a fill.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, SHOCK } from '../../src/clearing/schema.ts';
import { quotesOf, S, stage } from './stage.ts';

const layer = { near: 0.001, far: 0.005, bid: 500_000, ask: 250_000, every: S / 10 };
const empty = { bids: { price: new Int32Array(), lots: new Int32Array() } };
const hollow = { ...empty, asks: empty.bids };

describe('a depth provider', () => {
  test('rests one order a side between its distances, of its values', () => {
    const simulation = stage('depth-provider', { count: 40, params: layer, instrument: hollow });
    simulation.run(3 * S);
    const all = Array.from({ length: 40 }, (_, i) => quotesOf(simulation, FIRST_TRADER + i));
    expect(all.every(({ bids, asks }) => bids.length === 1 && asks.length === 1)).toBe(true);
    const bids = all.map(({ bids: [bid] }) => bid!);
    const asks = all.map(({ asks: [ask] }) => ask!);
    expect(Math.max(...bids)).toBeLessThanOrEqual(49_950);
    expect(Math.min(...bids)).toBeGreaterThanOrEqual(49_750);
    expect(Math.min(...asks)).toBeGreaterThanOrEqual(50_050);
    expect(Math.max(...asks)).toBeLessThanOrEqual(50_250);
    const lots = [0, 1].map((side) =>
      simulation.only.book.lotsAt(0, side as 0 | 1, side === 0 ? bids[0]! : asks[0]!),
    );
    expect(lots[0]! % 10).toBe(0); // 500,000 quanta of 50,000 a lot
    expect(lots[1]! % 5).toBe(0);
  });

  test('renews them when their life is over', () => {
    const simulation = stage('depth-provider', { params: { ...layer, life: 5 * S }, instrument: hollow });
    simulation.run(3 * S);
    const before = quotesOf(simulation);
    simulation.run(60 * S);
    expect(quotesOf(simulation)).not.toEqual(before);
  });

  test('stays away after a fill, and comes back', () => {
    const simulation = stage('depth-provider', {
      params: { ...layer, life: 1e12, back: 20 * S },
      instrument: hollow,
    });
    simulation.run(3 * S);
    simulation.only.commands.market(SHOCK, 0, -10, 0);
    simulation.run(3.5 * S);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(10);
    expect(quotesOf(simulation).bids).toEqual([]);
    simulation.run(300 * S);
    expect(quotesOf(simulation).bids).toHaveLength(1);
  });

  test('moves an order that the price has come too near to', () => {
    const simulation = stage('depth-provider', { params: { ...layer, life: 1e12 }, instrument: hollow });
    simulation.run(3 * S);
    simulation.only.tables.prices.index[0] = quotesOf(simulation).bids[0]!;
    simulation.run(5 * S);
    expect(quotesOf(simulation).bids[0]).toBeLessThanOrEqual(simulation.only.tables.prices.index[0] * 0.999);
  });

  test('puts up less in danger', () => {
    const simulation = stage('depth-provider', {
      params: { ...layer, withdraw_above: 2, life: S },
      instrument: hollow,
    });
    simulation.only.tables.flow.stress[0] = 8;
    simulation.run(10 * S);
    const [bid] = quotesOf(simulation).bids;
    expect(simulation.only.book.lotsAt(0, 0, bid!)).toBeGreaterThanOrEqual(2); // a quarter of 10
    expect(simulation.only.book.lotsAt(0, 0, bid!)).toBeLessThanOrEqual(3);
  });
});
