// Scores of a market, each on a world that is set by hand.
import type { InstrumentSpec } from '../../../src/sim/scenario/scenario.ts';
import { describe, expect, test } from 'vitest';
import { INSURANCE } from '../../../src/clearing/schema.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { scores } from '../../../src/sim/observe/scores/index.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, scenarioOf } from '../by-hand.ts';
import { tickLotOf } from '../../contracts/tick-lot.ts';

function world(insurance_fund = 1000) {
  const simulation = new Simulation(
    scenarioOf({
      instruments: [instrument({ name: 'A' }), instrument({ name: 'B' })],
      groups: [group('leveraged-holder', 10, { params: { size: 50, leverage: 5 } })],
      policy: { margin: { rule: 'flat', leverage: 50 }, ladder: 'immediate', insurance_fund },
    }),
  );
  simulation.start(expandSeed('scores'));
  const begin = (name: string) => {
    const score = scores.get(name);
    const kept = new Float64Array(score.keeps(2));
    score.begin(simulation.only, kept);
    return () => score.now(simulation.only, kept);
  };
  return { simulation, begin };
}

test('each has a name of its own, a sentence, and begins at 0', () => {
  expect(new Set(scores.names).size).toBe(scores.all.length);
  const { begin } = world();
  for (const { name, about } of scores) {
    expect(about).toMatch(/\.$/);
    expect(begin(name)(), name).toBe(0);
  }
});

describe('drawdown', () => {
  test('is the deepest fall of a mark below where it began', () => {
    const { simulation, begin } = world();
    const now = begin('drawdown');
    const [a, b] = simulation.only.ledger.marks;
    simulation.only.ledger.setMark(0, Math.round(a! * 0.99));
    simulation.only.ledger.setMark(1, Math.round(b! * 1.05));
    expect(now()).toBeCloseTo(0.01, 3);
    simulation.only.ledger.setMark(1, Math.round(b! * 0.95));
    expect(now()).toBeCloseTo(0.05, 3);
  });
});

describe('pressure', () => {
  test('is that of mark or index, whichever is deeper', () => {
    const { simulation, begin } = world();
    const now = begin('pressure');
    const { index } = simulation.only.tables.prices;
    index[0] = index[0]! * 0.97;
    expect(now()).toBeCloseTo(0.03, 12);
    simulation.only.ledger.setMark(0, Math.round(simulation.only.ledger.marks[0]! * 0.9));
    expect(now()).toBeCloseTo(0.1, 3);
  });
});

describe('liquidated', () => {
  test('counts forced orders since it began, over the open interest then', () => {
    const { simulation, begin } = world();
    const {
      only: { house, ledger },
      scenario,
    } = simulation;
    const [{ contract }] = scenario.venues[0]!.instruments as [InstrumentSpec];
    const row = house.forced.open(0, 8, 0, -10);
    house.liquidations.notional[row] = 5000;
    const now = begin('liquidated');
    expect(now()).toBe(0);
    const next = house.forced.open(0, 9, 0, -10);
    house.liquidations.notional[next] = 4000;
    expect(now()).toBeCloseTo(4000 / (10 * 50 * ledger.marks[0]! * tickLotOf(contract)), 12);
  });
});

describe('fund-used', () => {
  test('is the share of the fund that is gone; more than there was is no less', () => {
    const { simulation, begin } = world();
    const now = begin('fund-used');
    const { quote } = simulation.only.ledger.accounts;
    const had = quote[INSURANCE]!;
    quote[INSURANCE] = had / 4;
    expect(now()).toBeCloseTo(0.75, 12);
    quote[INSURANCE] = 2 * had;
    expect(now()).toBe(0);
  });

  test('is 0 without a fund', () => {
    const { simulation, begin } = world(0);
    const now = begin('fund-used');
    simulation.only.ledger.accounts.quote[INSURANCE] = -5;
    expect(now()).toBe(0);
  });
});
