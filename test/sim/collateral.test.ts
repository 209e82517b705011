// A market with a collateral asset, by hand: A holds 10 lots at 1,000 and an asset at 200 that follows the index.
import { linear } from '../../src/contracts/linear.ts';
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../src/clearing/schema.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { defineAgent, number } from '../../src/index.ts';
import { marginUse } from '../../src/sim/observe/margin-use.ts';
import type { AssetSpec } from '../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { group, instrument, levels, mark, NO_LATENCY, scenarioOf, shock } from './by-hand.ts';

const S = 1_000_000;
const A = FIRST_TRADER;

const pledger = defineAgent({
  kind: 'pledger',
  about: 'Holds 10 lots, on money and an asset.',
  margined: true,
  params: { money: number(0, 'Quanta.'), counts: number(0, 'Quanta that its asset counts for.') },
  born(me, birth) {
    birth.deposit(me.money);
    birth.bring(0, me.counts);
    birth.hold(10, birth.mark);
  },
});

const ETH: AssetSpec = {
  name: 'ETH',
  contract: linear(1),
  lot: 1,
  haircut_ppm: 100_000,
  size_discount: 0,
  deposit_scale_start: Infinity,
  penalty_ppm: 50_000,
  price: 200,
  volatility: 0,
  every_us: S,
  follows: 0,
  of: 'index',
  beta: 2,
};

/** Initial margin 10 %, maintenance 5 %; the mark is the last price, which stays at 1,000 until somebody trades. */
function world(params: { money: number; counts: number }, asset: Partial<AssetSpec> = {}, change = -0.1) {
  const simulation = new Simulation(
    scenarioOf({
      instruments: [
        instrument({
          price: 1000,
          bids: levels(1000, -1, 50, 20),
          asks: levels(1001, 1, 50, 20),
          mark: mark({ rule: 'last' }),
          index: { volatility: 0, every_us: S },
        }),
      ],
      assets: [{ ...ETH, ...asset }],
      groups: [group(pledger, 1, { name: 'A', params })],
      policy: { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 }, ladder: 'immediate' },
      shocks: [shock({ kind: 'value-jump', at: '2 s', change })],
      latency: NO_LATENCY,
    }),
  );
  simulation.start(expandSeed('collateral'));
  return simulation;
}

describe('an asset that follows an index', () => {
  test('moves by beta times its move at its next step', () => {
    const { tables, run } = bound(world({ money: 5000, counts: 900 }));
    run(2 * S - 1);
    expect(tables.assets.price[0]).toBe(200);
    run(2 * S);
    expect(tables.assets.price[0]).toBe(160); // 2 · −10 %
    run(9 * S);
    expect(tables.assets.price[0]).toBe(160);
  });

  test('breaks whoever it leaves without margin, and stays theirs where there is no debt', () => {
    // 5 lots count for 900: equity 900 of 500. At 100 (−50 %) they count for 450: a breach with no trade at all.
    const simulation = world({ money: 0, counts: 900 }, {}, -0.25);
    const { ledger, house } = simulation.only;
    simulation.run(2 * S - 1);
    expect(ledger.equity(A)).toBe(900);
    expect(house.callCount).toBe(0);
    simulation.run(3 * S);
    expect(house.callCount).toBe(1);
    expect(house.calls.fill[0]).toBe(-1);
    expect(ledger.position(A, 0)).toBe(0); // sold at 1,000: no loss, no debt, and the asset stays
    expect(ledger.collateral.held(A, 0)).toBe(5);
    ledger.assertConserved();
  });

  test('is sold at its price less the penalty when the position leaves a debt', () => {
    const simulation = world({ money: -300, counts: 900 }, {}, -0.25);
    const { ledger, house } = simulation.only;
    simulation.run(3 * S); // sold at 1,000; of the debt of 300, 4 lots at 100 · 95 % bring 380
    expect(ledger.collateral.held(A, 0)).toBe(1);
    expect(ledger.collateral.held(OUTSIDE, 0)).toBe(4);
    expect(ledger.accounts.quote[A]).toBe(80);
    expect(house.liquidations.written_off[0]).toBe(0);
    ledger.assertConserved();
  });

  test('leaves a rest to the waterfall when it does not bring enough', () => {
    const simulation = world({ money: -300, counts: 900 }, {}, -0.4); // to 40: 5 · 38 = 190
    const { ledger, house } = simulation.only;
    simulation.run(3 * S);
    expect(ledger.accounts.quote[A]).toBe(0);
    expect(house.liquidations.written_off[0]).toBe(110);
    ledger.assertConserved();
    house.losses.assertBorne();
  });
});

test('initial margin over equity, and equity over maintenance, are of accounts with positions', () => {
  const simulation = world({ money: 0, counts: 2000 }, {}, -0.1); // 12 lots, for 2,160
  simulation.run(2 * S - 1);
  expect(marginUse(simulation.only)).toEqual({
    equity: 2160,
    initial: 1000,
    initialOverEquity: 1000 / 2160,
    equityOverMaintenance: 2160 / 500,
  });
  simulation.run(5 * S); // at 160 they count for 1,728
  expect(marginUse(simulation.only)).toEqual({
    equity: 1728,
    initial: 1000,
    initialOverEquity: 1000 / 1728,
    equityOverMaintenance: 1728 / 500,
  });
});

test('the same key gives the same bytes, also from a snapshot on the way', () => {
  const simulation = world({ money: -300, counts: 900 }, { volatility: 0.05 }, -0.4);
  simulation.run(1.5 * S);
  const snapshot = simulation.save();
  simulation.run(9 * S);
  const hash = simulation.hash();
  simulation.load(snapshot);
  simulation.run(9 * S);
  expect(simulation.hash()).toBe(hash);
  simulation.start(expandSeed('collateral'));
  simulation.run(1.5 * S);
  simulation.run(9 * S);
  expect(simulation.hash()).toBe(hash);
});

test('an asset’s luck is its own: the same with another beside it, another with another seed', () => {
  const prices = (seed: string, assets: readonly AssetSpec[]) => {
    const simulation = new Simulation(
      scenarioOf({ assets, groups: [group('noise', 5), group(pledger, 3, { params: { counts: 500_000 } })] }),
    );
    simulation.start(expandSeed(seed));
    simulation.run(5 * S);
    return [simulation.only.tables.assets.price[0], simulation.only.book.fills.count];
  };
  const walk = { ...ETH, volatility: 0.01, follows: -1, price: 20_000 };
  const alone = prices('a', [walk]);
  expect(prices('a', [walk])).toEqual(alone);
  expect(prices('a', [walk, { ...walk, name: 'SOL' }])).toEqual(alone);
  expect(prices('b', [walk])[0]).not.toBe(alone[0]);
});

function bound(simulation: Simulation) {
  return {
    tables: simulation.only.tables,
    run: (until: number) => {
      simulation.run(until);
    },
  };
}
