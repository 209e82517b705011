// What fund and vault took over goes back to the book. Margin is flat: 10 % initial, 5 % maintenance. A holds 100 lots
// and breaks at 950 with 4,750 quanta: the taker gets it at 902.5, so with 4,750 quanta of gain at the mark.
import { describe, expect, test } from 'vitest';
import { INSURANCE, VAULT, WRITTEN_OFF } from '../../../../src/clearing/schema.ts';
import { UNWIND } from '../../../../src/sim/terms/events.ts';
import type { WrittenPolicy } from '../../by-hand.ts';
import { eventsOf } from '../../by-hand.ts';
import { market } from '../../draw.ts';

const S = 1_000_000;
const margin = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };
const unwind = { every: '5 s', share: '50 %' };
const fund = [{ layer: 'insurance', take_over: true }];

/** A is taken over at one second, at a mark of 950. */
const taken = (table: string, policy: Partial<WrittenPolicy>) =>
  market(table, {
    policy: { margin, ladder: [{ rung: 'takeover' }], waterfall: fund, unwind, ...policy },
  })
    .until(S)
    .sell(2);

const DEEP = `
  price   bids   asks   longs that break here
  1000    1
   950    61            A: 100 lots
   940    100
`;

describe('inventory', () => {
  test('is sold in the book, half of what is left every five seconds', () => {
    const world = taken(DEEP, { unwind: { every: '5 s', share: '50 %' } });
    const held = () => world.simulation.only.ledger.position(INSURANCE, 0);
    const seen = [held()];
    for (const second of [6, 11, 16, 21, 26, 31, 36]) {
      world.until(second * S);
      seen.push(held());
    }
    expect(seen).toEqual([100, 50, 25, 12, 6, 3, 1, 0]);
    world.until(60 * S);
    expect(held()).toBe(0);
    expect(eventsOf(world.simulation, 100 * S).filter(({ kind }) => kind === UNWIND)).toEqual([]);
    expect(world.moneyCreated()).toBe(0);
  });

  test('feeds the cascade: who breaks by its sale has the takeover for its cause', () => {
    const world = taken(DEEP.replace('100\n', '100           B: 10 lots\n'), {}).until(11 * S); // the second sale goes down to 940, where B breaks
    expect(world.liquidations()).toMatchObject([
      { account: 'A', generation: 1, cause: 'sale' },
      { account: 'B', generation: 2, cause: 'A' },
    ]);
    expect(world.simulation.only.ledger.position(INSURANCE, 0)).toBe(35);
  });

  test('is kept where the policy does not say otherwise', () => {
    const world = taken(DEEP, { unwind: undefined });
    expect(world.until(60 * S).simulation.only.ledger.position(INSURANCE, 0)).toBe(100);
    expect(eventsOf(world.simulation, 100 * S).filter(({ kind }) => kind === UNWIND)).toEqual([]);
  });

  test('of the vault goes the same way, and leaves it its profit', () => {
    const world = taken(DEEP, { waterfall: [{ layer: 'backstop', capital: 1000 }], unwind: { share: 1 } });
    expect(world.simulation.only.ledger.position(VAULT, 0)).toBe(100);
    world.until(6 * S); // 60 at 950 and 40 at 940
    expect(world.simulation.only.ledger.position(VAULT, 0)).toBe(0);
    expect(world.money(VAULT)).toBe(100_000 + 4750 - 400);
  });

  test('that finds no counterparty is tried again', () => {
    const world = taken(DEEP, {})
      .cancelQuotes()
      .until(20 * S);
    expect(world.simulation.only.ledger.position(INSURANCE, 0)).toBe(100);
    world.bid(200, 930).until(21 * S);
    expect(world.simulation.only.ledger.position(INSURANCE, 0)).toBe(50);
  });

  test('stops with the liquidation engine', () => {
    const world = taken(DEEP, {});
    world.simulation.only.house.switchEngineOff();
    expect(world.until(60 * S).simulation.only.ledger.position(INSURANCE, 0)).toBe(100);
  });
});

describe('when the inventory has eaten up its equity, the holder', () => {
  /** Bids that the sale of one lot to 880 leaves. */
  const FALL = `
  price   bids   asks   longs that break here   shorts that break here
  1200                                          W: 200 lots
  1000    1
   950    1             A: 100 lots
   880    200
`;

  test('hands it to the next layers', () => {
    const world = taken(FALL, { waterfall: [...fund, { layer: 'adl' }] });
    world.sell(1).until(6 * S); // at 880 the fund, long from 902.5, has lost 2,250
    expect(world.simulation.only.ledger.position(INSURANCE, 0)).toBe(0);
    expect(world.money(INSURANCE)).toBe(0);
    expect(world.position('W')).toBe(-100);
    expect(world.takeovers()[1]).toMatchObject({ taker: 'W', lots: 100, price: 902.5 });
    world.simulation.only.house.losses.assertBorne();
    expect(world.moneyCreated()).toBe(0);
  });

  test('or sells it on, and its debt goes down the waterfall', () => {
    const world = taken(FALL, { unwind: { share: 1 } });
    world.sell(1).until(6 * S);
    expect(world.simulation.only.ledger.position(INSURANCE, 0)).toBe(0);
    expect(world.money(INSURANCE)).toBe(0);
    expect(world.money(WRITTEN_OFF)).toBe(-2250);
    world.simulation.only.house.losses.assertBorne();
  });
});
