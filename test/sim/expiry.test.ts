// A contract that is defined outside of the product (a capped forward), traded with margin beside a linear one, to its end.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../src/clearing/schema.ts';
import type { InverseTerms } from '../../src/contracts/inverse.ts';
import { linear } from '../../src/contracts/linear.ts';
import type { ContractTerms } from '../../src/contracts/contract.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { cappedForward } from '../contracts/capped-forward.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import { group, instrument, mark, scenarioOf } from './by-hand.ts';
import { wild } from './wild.ts';

const S = 1_000_000;
const END = 6 * S;

/** Lots sold at 2 s in the second instrument. */
const sale = (lots: number): Shock => ({
  at_us: 2 * S,
  step: (_, actions) => {
    actions.trade(1, -lots);
    return -1;
  },
});

/** Wild traders and holders in both instruments; a sale at 2 s breaks some of them. */
function market(second: ContractTerms, seed: string): Simulation {
  const holders = (name: string, at: number, side: number) =>
    group('leveraged-holder', 60, {
      name,
      instrument: at,
      params: { side, size: 30, leverage: { kind: 'uniform', low: 5, high: 19 }, reserve: 0 },
    });
  const simulation = new Simulation(
    scenarioOf({
      instruments: [
        instrument({ contract: linear(1) }),
        instrument({ name: 'BBB', contract: second, mark: mark({ rule: 'last' }, 100_000) }),
      ],
      groups: [
        group(wild, 40, { params: { instruments: 2, wealth: 4e6, reserve: 1e6, every: 50_000 } }),
        holders('longs', 1, 1),
        holders('shorts', 1, -1),
      ],
      shocks: [sale(8000)],
      policy: {
        margin: { rule: 'flat', leverage: 20 },
        ladder: [{ rung: 'full', limit: 'bankruptcy', times: 2 }, { rung: 'takeover' }, { rung: 'full' }],
        waterfall: [{ layer: 'insurance', take_over: true }, { layer: 'adl' }, { layer: 'write-off' }],
        insurance_fund: 1000,
      },
    }),
  );
  simulation.start(expandSeed(seed));
  return simulation;
}

const forward = (surprise: number) => cappedForward(1, 50_200, END, surprise);

describe('a capped forward', () => {
  test('is margined, liquidated, and conserved at every event, to its end and beyond', () => {
    const simulation = market(forward(-700), 'forward');
    const { ledger, house } = simulation.only;
    let before = -1;
    while (simulation.step(9 * S)) {
      if (simulation.queue.now < END) before = house.liquidationCount;
      simulation.only.assertConserved();
    }
    expect(before).toBeGreaterThan(10);
    const inSecond = Array.from({ length: before }, (_, row) => house.liquidations.instrument[row]);
    expect(inSecond).toContain(1);
    const open = ledger.lots.filter((_, row) => row % 2 === 1);
    expect(open.every((lots) => lots === 0)).toBe(true);
    expect(simulation.only.book.bestBid(1)).toBe(0);
    expect(simulation.only.book.bestAsk(1)).toBe(0);
    // Beyond it the other instrument goes on, and nothing enters into the one that has ended.
    expect(simulation.only.tables.prices.volume[0]).toBeGreaterThan(100);
    for (let account = FIRST_TRADER; account < ledger.accounts.quote.length; account++) {
      const isOpen = ledger.accounts.call[account] !== 0;
      expect(isOpen || ledger.worth(account) >= 0, `account ${account}`).toBe(true);
    }
  });

  test.each([
    [-700, 'below the cap: each lot is worth the settlement price'],
    [5000, 'above it: the cap, and no more'],
  ])('settles %d ticks from the index: %s', (surprise) => {
    const simulation = market(forward(surprise), `end ${surprise}`);
    const { only } = simulation;
    const { ledger } = only;
    while (simulation.queue.now < END - 1 && simulation.step(END - 1));
    const accounts = Array.from({ length: ledger.accounts.quote.length }, (_, account) => account);
    const held = accounts.map((account) => ledger.position(account, 1));
    const quote = accounts.map((account) => ledger.accounts.quote[account]!);
    expect(held.filter((lots, account) => lots !== 0 && account !== OUTSIDE).length).toBeGreaterThan(30);
    // Everything else that happens at that time comes before or after: only the settlement is looked at.
    only.expiries.settle(1);
    const index = only.tables.prices.index[1]!;
    const paid = Math.min(50_200, Math.round(index) + surprise);
    expect(ledger.marks[1]).toBe(Math.round(index) + surprise);
    accounts.forEach((account) => {
      expect(ledger.accounts.quote[account], `account ${account}`).toBe(
        quote[account]! + held[account]! * paid,
      );
      expect(ledger.position(account, 1)).toBe(0);
    });
  });

  test('leaves who owes money to the call ladder', () => {
    const simulation = market(forward(-9000), 'gap');
    const { only } = simulation;
    simulation.run(END - 1);
    const calls = only.house.callCount;
    simulation.run(END);
    const broke = Array.from(
      { length: only.house.callCount - calls },
      (_, i) => only.house.calls.account[calls + i]!,
    );
    expect(broke.length).toBeGreaterThan(20);
    simulation.run(9 * S);
    for (const account of broke) expect(only.ledger.worth(account)).toBeGreaterThanOrEqual(0);
    expect(only.ledger.accounts.quote[2]).toBeLessThan(0); // what nobody could pay
    only.assertConserved();
  });
});

test('an inverse contract that ends leaves money and no coins', () => {
  const terms: InverseTerms = { kind: 'inverse', face: 50_000, up: 1, down: 3000 };
  const simulation = market(terms, 'inverse');
  const { only } = simulation;
  const { ledger } = only;
  ledger.contracts.expiry = (i) =>
    i === 1 ? { at_us: END, settle: (index) => Math.round(index) } : undefined;
  simulation.run(END - 1);
  ledger.setMark(1, Math.round(only.tables.prices.index[1]!));
  const worth = (account: number) => ledger.worth(account);
  const accounts = Array.from({ length: ledger.accounts.quote.length }, (_, account) => account).slice(1);
  const before = accounts.map(worth);
  expect(accounts.filter((account) => ledger.coins!.held(account, 1) !== 0).length).toBeGreaterThan(50);
  only.expiries.settle(1);
  const k = Math.ceil(ledger.marks[1]! / 3000) + 1; // what a rounded coin is worth
  accounts.forEach((account, i) => {
    expect(ledger.coins!.held(account, 1)).toBe(0);
    expect(Math.abs(worth(account) - before[i]!)).toBeLessThanOrEqual(k);
  });
  only.assertConserved();
});
