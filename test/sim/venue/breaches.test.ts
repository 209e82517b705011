// The instrument that a call is of, where accounts hold one and what happens is a matter of another one, or of money alone.
import { expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../../src/clearing/schema.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { NO_FILL, NO_INSTRUMENT } from '../../../src/sim/venue/breaches.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, scenarioOf } from '../by-hand.ts';

const A = FIRST_TRADER;

/** One trader (5 % maintenance at 50,000) with lots of two instruments, and too little money for either. */
function simulationWith(lots: readonly [number, number]): Simulation {
  const instruments = [instrument(), instrument({ name: 'BBB', price: 40_000 })];
  const simulation = new Simulation(scenarioOf({ instruments, groups: [group('leveraged-holder', 1)] }));
  simulation.start(expandSeed('breaches'));
  const { ledger } = simulation.only;
  [0, 1].forEach((i) => {
    const wanted = lots[i]! - ledger.position(A, i);
    if (wanted > 0) ledger.settle(A, OUTSIDE, i, wanted, ledger.marks[i]!);
    else if (wanted < 0) ledger.settle(OUTSIDE, A, i, -wanted, ledger.marks[i]!);
  });
  ledger.mint(A, 1 - ledger.equity(A));
  return simulation;
}

test.each<[string, [number, number], number, number]>([
  ['held there, called there', [1, 1], 1, 1],
  ['held there, called there, the first of two', [1, 1], 0, 0],
  ['happened in the first, held in the second', [0, 3], 0, 1],
  ['happened in the second, held in the first', [-2, 0], 1, 0],
  ['a matter of money, held in the second', [0, -1], NO_INSTRUMENT, 1],
  ['a matter of money, held in both', [2, 2], NO_INSTRUMENT, 0],
])('%s', (_, lots, where, called) => {
  for (const look of ['review', 'reviewAll'] as const) {
    const { breaches, house, ledger } = simulationWith(lots).only;
    if (look === 'review') breaches.review(A, where, NO_FILL);
    else breaches.reviewAll(where);
    const { account, instrument: of, mark } = house.calls;
    expect([house.callCount, account[0], of[0], mark[0]]).toEqual([1, A, called, ledger.marks[called]]);
  }
});

test('in debt and nothing held: called where it happened', () => {
  const { breaches, house, ledger } = simulationWith([0, 0]).only;
  ledger.mint(A, -2);
  breaches.review(A, 1, NO_FILL);
  expect([house.callCount, house.calls.instrument[0]]).toEqual([1, 1]);
});
