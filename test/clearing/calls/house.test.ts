// The clearing house without a market: its log of calls and forced orders, and its limits.
import { describe, expect, test } from 'vitest';
import { CALL_LIQUIDATED, CALL_MET } from '../../../src/clearing/schema.ts';
import { CapacityError } from '../../../src/core/errors.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

/** Accounts 4, 5, … hold 10 lots at 1000 with 500 quanta each, as much as their maintenance margin. */
function house(ladder: never[] | string = 'immediate', accounts = 6) {
  const policy = { margin: { rule: 'flat', leverage: 10 }, ladder: ladder as 'immediate' };
  const desk = newDesk({
    tickLots: [1],
    marks: [1000],
    accounts: 4 + accounts,
    policy,
    calls: 4,
    liquidations: 3,
  });
  for (let account = 4; account < 4 + accounts; account++) {
    desk.ledger.settle(account, 0, 0, 10, 1000);
    desk.ledger.mint(account, 500);
  }
  return desk;
}

describe('the health of an account', () => {
  test('is above maintenance with positions, and not below zero without', () => {
    const { house: clearing, ledger } = house();
    expect(clearing.isHealthy(4)).toBe(false); // equal is in breach
    ledger.mint(4, 1);
    expect(clearing.isHealthy(4)).toBe(true);
    ledger.settle(0, 5, 0, 10, 950); // closed, with nothing left
    expect([ledger.equity(5), clearing.isHealthy(5)]).toEqual([0, true]);
    ledger.transfer(5, 0, 1);
    expect(clearing.isHealthy(5)).toBe(false);
  });

  test('decides whether it is watched', () => {
    const { house: clearing, ledger } = house();
    expect(clearing.watch(4)).toBe(false);
    expect(clearing.triggers.ladder.isLinked(4)).toBe(false);
    ledger.mint(4, 100);
    expect(clearing.watch(4)).toBe(true);
    expect(clearing.triggers.ladder.isLinked(4)).toBe(true);
    ledger.settle(0, 4, 0, 10, 1000); // nothing to watch any more
    expect(clearing.watch(4)).toBe(true);
    expect(clearing.triggers.ladder.isLinked(4)).toBe(false);
  });
});

describe('a call', () => {
  test('has the generation after the forced order that caused it, and its orders the same root', () => {
    const { house: clearing } = house();
    clearing.openCall(10, 4, 0, NO_ORIGIN);
    const first = clearing.forced.open(11, 4, 0, -10);
    clearing.openCall(12, 5, 0, { fill: 77, fill_us: -1, parent: first });
    const second = clearing.forced.open(13, 5, 0, -10);
    clearing.openCall(14, 6, 0, { fill: 78, fill_us: -1, parent: second });
    const third = clearing.forced.open(15, 6, 0, -4);
    const { generation, parent, root, lots } = clearing.liquidations;
    expect([...generation.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...parent.subarray(0, 3)]).toEqual([-1, first, second]);
    expect([...root.subarray(0, 3)]).toEqual([first, first, first]);
    expect(lots[third]).toBe(-4);
    expect([...clearing.calls.fill.subarray(0, 3)]).toEqual([-1, 77, 78]);
  });

  test('ends met when the account is healthy at a visit, which watches it again', () => {
    const { house: clearing, ledger } = house();
    const call = clearing.openCall(10, 4, 0, NO_ORIGIN);
    expect(clearing.inDistress(4)).toBe(true);
    ledger.mint(4, 300);
    expect(clearing.visit(25, 4)).toBe(false);
    expect(clearing.calls.outcome[call]).toBe(CALL_MET);
    expect([clearing.calls.detected_us[call], clearing.calls.ended_us[call]]).toEqual([25, 25]);
    expect([clearing.inDistress(4), clearing.triggers.ladder.isLinked(4)]).toEqual([false, true]);
  });

  test('climbs the ladder as its rungs say, and stays on the last', () => {
    const { house: clearing } = house('call-then-partial');
    const call = clearing.openCall(10, 4, 0, NO_ORIGIN);
    const seen = [20, 30, 40, 50, 60].map((time) => {
      expect(clearing.visit(time, 4)).toBe(true);
      const { demand, close_ppm, wait_us } = clearing.decision;
      return [demand, close_ppm, wait_us / 1e6];
    });
    expect(seen).toEqual([
      [500, 0, 60], // 1,000 are required to open, 500 are there
      [0, 250_000, 1],
      [0, 250_000, 1],
      [0, 1_000_000, 1],
      [0, 1_000_000, 1],
    ]);
    expect(clearing.calls.notices[call]).toBe(1);
    expect(clearing.calls.detected_us[call]).toBe(20); // the first look
  });

  test('closed by liquidation is over', () => {
    const { house: clearing, ledger } = house();
    const call = clearing.openCall(10, 4, 0, NO_ORIGIN);
    clearing.visit(20, 4);
    clearing.forced.plan(4, clearing.decision, 0);
    expect(clearing.forced.lots(4, 0, clearing.decision)).toBe(10);
    const row = clearing.forced.open(20, 4, 0, -10);
    ledger.settle(0, 4, 0, 10, 900);
    clearing.forced.execute(row, 10, 9000);
    clearing.settleClosed(20, 4, row);
    expect(clearing.calls.outcome[call]).toBe(CALL_LIQUIDATED);
    expect([ledger.equity(4), clearing.liquidations.written_off[row]]).toEqual([0, 500]);
    expect(clearing.inDistress(4)).toBe(false);
    ledger.assertConserved();
  });
});

describe('a log that is full', () => {
  test('says which setting to raise', () => {
    const { house: clearing } = house();
    for (let account = 4; account < 8; account++) clearing.openCall(0, account, 0, NO_ORIGIN);
    expect(() => clearing.openCall(0, 8, 0, NO_ORIGIN)).toThrow(
      new CapacityError('calls', 4, 'capacity.calls'),
    );
    for (let account = 4; account < 7; account++) clearing.forced.open(0, account, 0, -10);
    expect(() => clearing.forced.open(0, 7, 0, -10)).toThrow(
      new CapacityError('liquidations', 3, 'capacity.liquidations'),
    );
  });
});

test.each([
  [250_000, 10, 3],
  [250_000, 1, 1],
  [999_999, 10, 10],
  [1, 10, 1],
  [1_000_000, 7, 7],
])('%i ppm of %i lots are %i: rounded up, so that the last lot goes too', (ppm, lots, closed) => {
  const { house: clearing, ledger } = house();
  ledger.settle(4, 0, 0, lots - 10, 1000);
  clearing.decision.close_ppm = ppm;
  clearing.forced.plan(4, clearing.decision, 0);
  expect(clearing.forced.lots(4, 0, clearing.decision)).toBe(closed);
});

test('the engine is on until it is switched off', () => {
  const { house: clearing } = house();
  expect(clearing.engineOff).toBe(false);
  clearing.switchEngineOff();
  expect(clearing.engineOff).toBe(true);
});
