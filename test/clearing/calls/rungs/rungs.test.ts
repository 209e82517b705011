// What each rung decides, as numbers: an account has 900 quanta of equity, 1,000 are required, 2,000 to open.
import { describe, expect, test } from 'vitest';
import { call } from '../../../../src/clearing/calls/rungs/call.ts';
import { cancelOrders } from '../../../../src/clearing/calls/rungs/cancel-orders.ts';
import { enough } from '../../../../src/clearing/calls/rungs/enough.ts';
import { full } from '../../../../src/clearing/calls/rungs/full.ts';
import { paced } from '../../../../src/clearing/calls/rungs/paced.ts';
import { partial } from '../../../../src/clearing/calls/rungs/partial.ts';
import { restrict } from '../../../../src/clearing/calls/rungs/restrict.ts';
import type { Decision, Distress, RungDefinition } from '../../../../src/clearing/calls/rungs/rung.ts';
import {
  AT_ANY_PRICE,
  AT_BANKRUPTCY,
  AT_FILLABLE,
  CLOSE_ENOUGH,
  CLOSE_SHARE,
  CLOSE_TIERS,
  FROM_MARK,
  newDecision,
  rungOf,
} from '../../../../src/clearing/calls/rungs/rung.ts';
import { search } from '../../../../src/clearing/calls/rungs/search.ts';
import { stepDown } from '../../../../src/clearing/calls/rungs/step-down.ts';
import { takeover } from '../../../../src/clearing/calls/rungs/takeover.ts';
import { warn } from '../../../../src/clearing/calls/rungs/warn.ts';

const S = 1_000_000;
const NOTHING = newDecision();

type Settings = Readonly<Record<string, unknown>>;

function decided(definition: RungDefinition, settings: Settings = {}, distress: Partial<Distress> = {}) {
  const decision = newDecision();
  const seen = { equity: 900, maintenance: 1000, initial: 2000, free: 0, visits: 0, unmet: 0, ...distress };
  rungOf(definition, settings).visit(seen, decision);
  return decision;
}

test('a decision of nothing asks nobody, closes nothing, limits nothing and waits for nothing', () => {
  expect(NOTHING).toEqual({
    demand: 0,
    warn: false,
    pull: 0,
    restrict: false,
    cancel: false,
    close: 0,
    close_ppm: 0,
    target_ppm: 0,
    tiers: 0,
    participation_ppm: 0,
    limit: AT_ANY_PRICE,
    limit_ppm: 0,
    adjustment: 0,
    fill_or_kill: false,
    take_over: false,
    auction: 0,
    discount_ppm: 0,
    uniform: false,
    reward_ppm: 0,
    penalty_ppm: 0,
    wait_us: 0,
    longest_us: 0,
    next: false,
  });
});

describe('a rung acts at its level', () => {
  test.each([
    [{}, 1_000_000],
    [{ at: '66 %' }, 660_000],
    [{ at: 1.5 }, 1_500_000],
    [{ at: 0.0000012 }, 1],
  ])('%o is %i ppm of the maintenance margin', (settings, ppm) => {
    expect(rungOf(full, settings).at_ppm).toBe(ppm);
  });
});

test.each<[string, RungDefinition, Settings, Partial<Distress>, Partial<Decision>]>([
  ['a warning warns once', warn, {}, {}, { warn: true, wait_us: 60 * S, next: true }],
  ['and not at the second look', warn, { wait: '5 s' }, { visits: 1 }, { wait_us: 5 * S, next: true }],
  ['or at each look, and stays', warn, { again: true }, { visits: 1 }, { warn: true, wait_us: 60 * S }],
  ['a restriction restricts', restrict, {}, {}, { restrict: true, next: true }],
  ['and may wait', restrict, { wait: '3 s' }, {}, { restrict: true, wait_us: 3 * S, next: true }],
  ['a cancellation cancels', cancelOrders, {}, {}, { cancel: true, next: true }],
  ['and may wait too', cancelOrders, { wait: '2 s' }, {}, { cancel: true, wait_us: 2 * S, next: true }],
  [
    'a takeover takes all',
    takeover,
    {},
    {},
    { close: CLOSE_SHARE, close_ppm: 1e6, take_over: true, wait_us: S },
  ],
])('%s', (_, definition, settings, distress, expected) => {
  expect(decided(definition, settings, distress)).toEqual({ ...NOTHING, ...expected });
});

describe('a call demands', () => {
  test.each<[string, Settings, Partial<Distress>, number]>([
    ['what is missing to the initial margin', {}, {}, 1100],
    ['what is missing to a quantum above maintenance', { demand: 'maintenance' }, {}, 101],
    ['what is missing to a factor of maintenance', { demand: '120 %' }, {}, 300],
    ['a factor rounded up to a quantum', { demand: 1.0015 }, { maintenance: 999 }, 101],
    ['never less than lifts it above maintenance', { demand: 1 }, {}, 101],
    ['never less, whatever the initial margin', {}, { initial: 1000 }, 101],
    ['nothing of an account that has what it asks for', {}, { equity: 2000 }, 0],
    ['one quantum of one that lacks a quantum', {}, { equity: 1999 }, 1],
    ['nothing, not less, of one that has more', { demand: 'maintenance' }, { equity: 1400 }, 0],
    ['a debt as well', { demand: 'maintenance' }, { equity: -50 }, 1051],
  ])('%s', (_, settings, distress, demand) => {
    const expected = { ...NOTHING, demand, wait_us: 60 * S, next: true };
    expect(decided(call, settings, distress)).toEqual(expected);
  });

  test('and waits for its grace period', () => {
    expect(decided(call, { grace: '15 min' }).wait_us).toBe(900 * S);
  });
});

describe('a search pulls', () => {
  test.each<[string, Partial<Distress>, number]>([
    ['what is missing to the initial margin', { free: 5000 }, 1100],
    ['all there is if that is less', { free: 1099 }, 1099],
    ['exactly what is there', { free: 1100 }, 1100],
    ['nothing where nothing is missing', { free: 5000, equity: 2000 }, 0],
    ['nothing, and gives nothing back, where there is more', { free: 5000, equity: 2300 }, 0],
  ])('%s', (_, distress, pull) => {
    expect(decided(search, { wait: '1 s' }, distress)).toEqual({ ...NOTHING, pull, wait_us: S, next: true });
  });
});

describe('a partial liquidation closes', () => {
  test.each<[string, Settings, Partial<Distress>, number, boolean]>([
    ['a quarter, and comes again', {}, {}, 250_000, false],
    ['a quarter of the rest, and goes on', {}, { visits: 1 }, 250_000, true],
    ['and goes on even when it has been here too often', {}, { visits: 2 }, 250_000, true],
    ['once, if that is all it may', { times: 1 }, {}, 250_000, true],
    ['no more after unmet calls, if not told to', {}, { unmet: 3 }, 250_000, false],
    ['more after each unmet call', { per_unmet_call: '50 %' }, { unmet: 3 }, 625_000, false],
    ['at most everything', { per_unmet_call: 2 }, { unmet: 3 }, 1_000_000, false],
    ['to the nearest millionth', { fraction: 0.1234567 }, {}, 123_457, false],
  ])('%s', (_, settings, distress, close_ppm, next) => {
    const expected = { close: CLOSE_SHARE, close_ppm, wait_us: 2 * S, next };
    expect(decided(partial, { cool_down: '2 s', ...settings }, distress)).toEqual({
      ...NOTHING,
      ...expected,
    });
  });
});

test.each([
  [0, false],
  [0.0001, true],
  [0.9999, true],
  [1, false],
])('a partial liquidation of %d is one: %s', (fraction, valid) => {
  expect(partial.settings.safeParse({ fraction }).success).toBe(valid);
});

describe('other orders', () => {
  test.each<[string, RungDefinition, Settings, Partial<Distress>, Partial<Decision>]>([
    [
      'full: all, for ever, and ever more rarely while the book is empty',
      full,
      {},
      { visits: 1e6 },
      { close: CLOSE_SHARE, close_ppm: 1e6, wait_us: S, longest_us: 10 * S },
    ],
    [
      'full: no more rarely than said',
      full,
      { retry: '30 s' },
      {},
      { close: CLOSE_SHARE, close_ppm: 1e6, wait_us: 30 * S, longest_us: 30 * S },
    ],
    [
      'full: before its last time',
      full,
      { times: 2 },
      {},
      { close: CLOSE_SHARE, close_ppm: 1e6, wait_us: S },
    ],
    [
      'full: its last time',
      full,
      { times: 2 },
      { visits: 1 },
      { close: CLOSE_SHARE, close_ppm: 1e6, wait_us: S, next: true },
    ],
    [
      'enough: to 110 %',
      enough,
      {},
      { visits: 3 },
      { close: CLOSE_ENOUGH, target_ppm: 1_100_000, wait_us: S },
    ],
    [
      'enough: its last time',
      enough,
      { buffer: '25 %' },
      { visits: 4 },
      { close: CLOSE_ENOUGH, target_ppm: 1_250_000, wait_us: S, next: true },
    ],
    ['step-down: one tier', stepDown, {}, { visits: 18 }, { close: CLOSE_TIERS, tiers: 1, wait_us: S }],
    [
      'step-down: its last time',
      stepDown,
      { tiers: 2 },
      { visits: 19 },
      { close: CLOSE_TIERS, tiers: 2, wait_us: S, next: true },
    ],
  ])('%s', (_, definition, settings, distress, expected) => {
    expect(decided(definition, settings, distress)).toEqual({ ...NOTHING, ...expected });
  });

  test.each([
    [0, 250_000, false],
    [1, 333_333, false],
    [2, 500_000, false],
    [3, 1_000_000, true],
    [4, 1_000_000, true],
    [5, 1_000_000, true],
  ])('paced in 4 slices, after %i: %i ppm of the rest', (visits, close_ppm, next) => {
    const expected = { close: CLOSE_SHARE, close_ppm, wait_us: 2 * S, next };
    const settings = { slices: 4, every: '2 s' };
    expect(decided(paced, settings, { visits })).toEqual({ ...NOTHING, ...expected });
    const shared = decided(paced, { ...settings, share_of_volume: '12.5 %' }, { visits });
    expect(shared).toEqual({ ...NOTHING, ...expected, participation_ppm: 125_000 });
  });
});

describe('a limit, whichever the rung, is', () => {
  const closing = [partial, enough, paced, full, stepDown];
  test.each<[string, unknown, Partial<Decision>]>([
    ['any price', 'none', {}],
    ['the bankruptcy price', 'bankruptcy', { limit: AT_BANKRUPTCY }],
    ['a distance from the mark', '2 %', { limit: FROM_MARK, limit_ppm: 20_000 }],
    ['the fillable price', {}, { limit: AT_FILLABLE, limit_ppm: 100_000, adjustment: 1 }],
    [
      'the fillable price, as it is set',
      { adjustment: 2.5, spread: '40 %' },
      { limit: AT_FILLABLE, limit_ppm: 400_000, adjustment: 2.5 },
    ],
  ])('%s', (_, limit, expected) => {
    for (const definition of closing) {
      const plain = decided(definition);
      expect(decided(definition, { limit, fill_or_kill: true })).toEqual({
        ...plain,
        fill_or_kill: true,
        ...expected,
      });
    }
  });
});
