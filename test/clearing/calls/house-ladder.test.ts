// The clearing house and a ladder of levels, without a market. Margin is flat, 10 % initial and 5 % maintenance. Account 4
// holds 10 lots at 1,000, so that 500 quanta are required; tests give it money and take it away.
import { describe, expect, test } from 'vitest';
import {
  CALL_LIQUIDATED,
  CALL_MET,
  CALL_OPEN,
  CALL_TAKEN_OVER,
  WRITTEN_OFF,
} from '../../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

const A = 4;
const S = 1_000_000;

/** At 750 a warning, at 600 a call, at 500 a partial order and another rung of the same level, at 330 a full one. */
const LEVELS: WrittenPolicy['ladder'] = [
  { rung: 'warn', at: '150 %', wait: '10 s' },
  { rung: 'call', at: '120 %', grace: '60 s' },
  { rung: 'partial', at: '100 %', fraction: '10 %', times: 2, cool_down: '3 s' },
  { rung: 'restrict', at: '100 %', wait: '7 s' },
  { rung: 'full', at: '66 %' },
];

function watched(equity: number, policy: Partial<WrittenPolicy> = {}) {
  const desk = newDesk({
    tickLots: [1, 1],
    marks: [1000, 500],
    accounts: 7,
    calls: 4,
    policy: { margin: { rule: 'flat', leverage: 10 }, ladder: LEVELS, ...policy },
  });
  const { ledger, house } = desk;
  ledger.settle(A, 0, 0, 10, 1000);
  ledger.mint(A, equity);
  const { ladder } = house.triggers;
  /** The price at which account 4 is looked at again; undefined if at none. */
  const trigger = () => (ladder.isLinked(2 * A) ? ladder.keyOf(2 * A) : undefined);
  const open = () => house.openCall(1, A, 0, NO_ORIGIN);
  /** Equity from now on. */
  const fallTo = (quanta: number) => {
    ledger.mint(A, quanta - ledger.equity(A));
  };
  const stage = () => [ledger.accounts.stage[A], ledger.accounts.visits[A]];
  const { decision } = house;
  const decided = () => {
    const { warn, demand, close_ppm, restrict, wait_us } = decision;
    return [warn, demand, close_ppm, restrict, wait_us / S];
  };
  return { ...desk, trigger, open, fallTo, stage, decided };
}

describe('a healthy account rests', () => {
  test.each([
    [750, false, undefined], // at the highest level
    [751, true, 999],
    [843, true, 990], // ten ticks lower 743 are left, and 1.5 · 495 are 743 quanta, rounded up
    [844, true, 989],
    [200, false, undefined],
  ])('with %i quanta: %s, at %s, where it reaches the highest level', (equity, rests, price) => {
    const { house, trigger } = watched(equity);
    expect([house.watch(A), trigger()]).toEqual([rests, price]);
    expect(house.isHealthy(A)).toBe(rests);
  });

  test('anywhere with nothing open, unless it owes', () => {
    const { house, ledger, trigger } = watched(0);
    ledger.settle(0, A, 0, 10, 1000);
    expect([house.watch(A), house.isHealthy(A), trigger()]).toEqual([true, true, undefined]);
    ledger.mint(A, -1);
    expect([house.watch(A), house.isHealthy(A)]).toEqual([false, false]);
  });
});

describe('a call', () => {
  test('opens at the first rung of the deepest level reached', () => {
    const at = (equity: number) => {
      const { open, stage, house } = watched(equity);
      const row = open();
      const { level_ppm, outcome, mark } = house.calls;
      return [...stage(), level_ppm[row]! / 1e4, outcome[row] === CALL_OPEN, mark[row]];
    };
    expect(at(750)).toEqual([1, 0, 150, true, 1000]);
    expect(at(601)).toEqual([1, 0, 150, true, 1000]);
    expect(at(600)).toEqual([2, 0, 120, true, 1000]);
    expect(at(500)).toEqual([3, 0, 100, true, 1000]); // of two rungs the first
    expect(at(330)).toEqual([5, 0, 66, true, 1000]);
    expect(at(-20)).toEqual([5, 0, 66, true, 1000]);
    expect(at(900)).toEqual([1, 0, 150, true, 1000]); // nothing reached: the first there is
  });

  test('has no times yet but its own', () => {
    const { house, open } = watched(600);
    const row = open();
    const { calls } = house;
    expect([calls.breach_us[row], calls.account[row], calls.instrument[row]]).toEqual([1, A, 0]);
    for (const name of [
      'detected_us',
      'sent_us',
      'answered_us',
      'failed_us',
      'liquidated_us',
      'ended_us',
    ] as const) {
      expect(calls[name][row], name).toBe(-1);
    }
    expect([house.callCount, house.inDistress(A), house.inDistress(5)]).toEqual([1, true, false]);
  });

  test('watches for the next level below', () => {
    const trigger = (equity: number) => {
      const desk = watched(equity);
      desk.open();
      return desk.trigger();
    };
    expect(trigger(750)).toBe(984); // 750 − 160 = 590 of 590.4
    expect(trigger(600)).toBe(989); // 490 of 494.5
    expect(trigger(500)).toBe(982); // 320 of 324.1; the other rung of its level does not count
    expect(trigger(330)).toBe(undefined);
    const last = watched(330);
    last.open();
    expect(last.house.watch(A)).toBe(true); // there is no level to come to
  });

  test('is watched again after it was deepened: by level, cause and price', () => {
    const { house, open, fallTo, trigger, stage } = watched(700);
    const row = open();
    const first = house.forced.open(2, A, 0, -1);
    house.calls.asked[row] = 1;
    fallTo(560);
    house.deepen(A, { fill: 42, fill_us: 17, parent: first });
    const { level_ppm, fill, fill_us, parent, generation, asked } = house.calls;
    expect([level_ppm, fill, fill_us, parent, generation].map((column) => column[row])).toEqual([
      1_200_000,
      42,
      17,
      first,
      2,
    ]);
    expect(asked[row]).toBe(0); // the demand of the higher level is overtaken
    expect(stage()).toEqual([1, 0]); // until the visit
    expect(trigger()).toBe(993); // 560 − 70 = 490 of 496.5, and at 994 500 of 497
  });
});

describe('a visit', () => {
  test('of an account above all levels ends its call, and rests it at the highest level', () => {
    const { house, open, fallTo, trigger, stage, ledger } = watched(600);
    const row = open();
    fallTo(843);
    expect(house.visit(9, A)).toBe(false);
    expect([house.calls.outcome[row], house.calls.ended_us[row], trigger()]).toEqual([CALL_MET, 9, 990]);
    expect([...stage(), ledger.accounts.call[A]]).toEqual([0, 0, 0]);
  });

  test('goes down the rungs as the account falls, and to the next when one is done', () => {
    const { house, open, fallTo, stage, decided } = watched(700);
    open();
    const step = (time: number, equity?: number) => {
      if (equity !== undefined) fallTo(equity);
      expect(house.visit(time, A)).toBe(true);
      return [...decided(), ...stage()];
    };
    expect(step(2)).toEqual([true, 0, 0, false, 10, 2, 0]); // warned; the call is next, but it is above that level
    expect(step(3)).toEqual([false, 0, 0, false, 10, 2, 0]); // … and looked at again in ten seconds
    expect(step(4, 600)).toEqual([false, 400, 0, false, 60, 3, 0]);
    expect(step(5)).toEqual([false, 0, 0, false, 10, 3, 0]);
    expect(step(6, 500)).toEqual([false, 0, 100_000, false, 3, 3, 1]);
    expect(step(7)).toEqual([false, 0, 100_000, false, 3, 4, 0]);
    expect(step(8)).toEqual([false, 0, 0, true, 7, 5, 0]);
    expect(step(9)).toEqual([false, 0, 0, false, 10, 5, 0]);
    expect(step(10, 330)).toEqual([false, 0, 1e6, false, 1, 5, 1]);
    expect(step(11)).toEqual([false, 0, 1e6, false, 1, 5, 2]); // the last goes on
  });

  test.each([
    [1, [{ rung: 'search' }]],
    [3, [{ rung: 'cancel-orders' }, { rung: 'search' }, { rung: 'restrict', wait: 0 }]],
  ] as const)('of %i rungs that all act at once waits in the end, and later begins anew', (rungs, ladder) => {
    const { house, open, decided } = watched(400, { ladder: [...ladder] });
    open();
    const waits = (time: number) =>
      Array.from({ length: 2 * rungs + 5 }, () => {
        house.visit(time, A);
        return decided().at(-1);
      });
    const expected = [...Array<number>(2 * rungs + 2).fill(0), 10, 10, 10];
    expect(waits(2)).toEqual(expected);
    expect(waits(3)).toEqual(expected);
  });

  test('goes deeper at once, whatever the account waits for', () => {
    const { house, open, fallTo, stage, decided } = watched(700);
    open();
    house.visit(2, A);
    fallTo(100);
    house.visit(3, A);
    expect([...decided(), ...stage()]).toEqual([false, 0, 1e6, false, 1, 5, 1]);
  });

  test('at a deeper level takes no demand for unmet that it has overtaken', () => {
    const { house, open, fallTo } = watched(600);
    const row = open();
    house.visit(2, A);
    fallTo(500);
    house.visit(3, A);
    const { asked, unmet, level_ppm, restricted } = house.calls;
    expect([asked, unmet, level_ppm, restricted].map((column) => column[row])).toEqual([0, 0, 1_000_000, 0]);
  });

  test('goes back up when its rung has acted and the account has recovered above it', () => {
    const { house, open, fallTo, stage, decided } = watched(330);
    open();
    house.visit(2, A);
    expect(stage()).toEqual([5, 1]);
    fallTo(450);
    house.visit(3, A);
    expect([...decided(), ...stage()]).toEqual([false, 0, 100_000, false, 3, 3, 1]);
    fallTo(700);
    house.visit(4, A);
    expect([...decided(), ...stage()]).toEqual([true, 0, 0, false, 10, 2, 0]);
  });

  test('counts a demand whose time is over once, and notes the first failure', () => {
    const { house, open, ledger } = watched(600, {
      ladder: [{ rung: 'call', at: '120 %', grace: '60 s' }],
    });
    const row = open();
    const { notices, unmet, sent_us, failed_us, asked, detected_us, ended_us } = house.calls;
    const seen = () => [notices, unmet, sent_us, failed_us, asked].map((column) => column[row]);
    house.visit(2, A);
    expect(seen()).toEqual([1, 0, 2, -1, 1]);
    house.visit(3, A);
    expect(seen()).toEqual([2, 1, 2, 3, 1]);
    house.visit(4, A);
    expect(seen()).toEqual([3, 2, 2, 3, 1]);
    expect([detected_us[row], ended_us[row]]).toEqual([2, -1]);
    expect(ledger.accounts.visits[A]).toBe(3);
  });

  test('takes what the rung pulls from the free balance, and notes it', () => {
    const { house, open, ledger } = watched(500, { ladder: [{ rung: 'search' }, { rung: 'full' }] });
    ledger.addFree(A, 300);
    const row = open();
    house.visit(2, A);
    expect([ledger.equity(A), ledger.free(A), house.calls.topped_up[row]]).toEqual([800, 0, 300]);
    expect(house.calls.asked[row]).toBe(0);
  });

  test('restricts until the call is over', () => {
    const { house, open, fallTo } = watched(500, { ladder: [{ rung: 'restrict' }, { rung: 'call' }] });
    expect(house.isRestricted(A)).toBe(false);
    open();
    expect(house.isRestricted(A)).toBe(false);
    house.visit(2, A);
    house.visit(3, A);
    expect([house.isRestricted(A), house.isRestricted(5)]).toEqual([true, false]);
    fallTo(900);
    house.visit(4, A);
    expect(house.isRestricted(A)).toBe(false);
  });

  test('of an account that has closed everything in debt is for the last rung', () => {
    const { house, open, ledger, stage } = watched(700);
    open();
    ledger.settle(0, A, 0, 10, 900); // 300 short
    expect(house.visit(2, A)).toBe(true);
    expect([house.decision.close_ppm, ...stage()]).toEqual([1e6, 5, 1]);
    expect(house.watch(A)).toBe(true);
  });
});

test('each look has a number, which makes those before it void', () => {
  const { house, open } = watched(600);
  const row = open();
  expect([house.log.nextLook(row), house.log.nextLook(row), house.log.nextLook(row)]).toEqual([1, 2, 3]);
});

describe('an answer', () => {
  test('is added up, and its first time kept', () => {
    const { house, open } = watched(600);
    house.answered(1, A, 50); // nobody asked
    const row = open();
    house.answered(5, A, 30);
    house.answered(6, A, 12);
    expect([house.calls.answered_us[row], house.calls.topped_up[row]]).toEqual([5, 42]);
    expect(house.calls.topped_up[3]).toBe(0);
  });
});

describe('an account that is closed', () => {
  test('with money left owes nothing', () => {
    const { house, open, ledger } = watched(500);
    const row = open();
    ledger.settle(0, A, 0, 10, 960);
    house.settleClosed(8, A, house.forced.open(7, A, 0, -10));
    expect([house.calls.outcome[row], house.calls.ended_us[row]]).toEqual([CALL_LIQUIDATED, 8]);
    expect([ledger.equity(A), house.losses.count]).toEqual([100, 0]);
  });

  test('in debt hands it to the waterfall', () => {
    const { house, open, ledger } = watched(500);
    const row = open();
    ledger.settle(0, A, 0, 10, 940);
    house.settleClosed(8, A, house.forced.open(7, A, 0, -10), CALL_TAKEN_OVER);
    expect([house.calls.outcome[row], ledger.equity(A), ledger.equity(WRITTEN_OFF)]).toEqual([
      CALL_TAKEN_OVER,
      0,
      -100,
    ]);
    expect(house.inDistress(A)).toBe(false);
  });

  test('has no lots that anybody could take over', () => {
    const { house, open } = watched(500, { waterfall: [{ layer: 'backstop', capital: 1e6 }] });
    open();
    const row = house.forced.open(7, A, 0, -10);
    expect([house.takeOver(8, A, 0, 0, row), house.losses.count]).toEqual([0, 0]);
  });
});
