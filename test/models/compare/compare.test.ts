// Policies compared: what pairs say, who dominates whom, and what becomes of runs and metrics that are missing.
import { describe, expect, test } from 'vitest';
import type { ComparedCell } from '../../../src/models/compare/index.ts';
import { comparePolicies, frontiersOf } from '../../../src/models/compare/index.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { meanInterval } from '../../../src/stats/intervals/mean.ts';
import { wilson } from '../../../src/stats/intervals/proportion.ts';
import { createRng } from '../../../src/core/rng.ts';
import { capacityInterval } from '../../../src/stats/cascade/absorption.ts';

interface Drawn {
  readonly posted: number;
  readonly debt: number;
  readonly systemic: number;
}

/** 30 runs of a policy: numbers near those given, the same luck in all of them. */
function cell(policy: string, drawn: Drawn, options: { shock?: string; lost?: readonly number[] } = {}) {
  const { shock = 'sale', lost = [] } = options;
  const rng = createRng('luck');
  const rows = Array.from({ length: 30 }, (_, run) => {
    const luck = rng.normal();
    return { run, posted: drawn.posted + luck, debt: drawn.debt * (1 + 0.1 * luck), systemic: rng.uniform() < drawn.systemic ? 1 : 0 }; // prettier-ignore
  }).filter(({ run }) => !lost.includes(run));
  const column = (name: keyof (typeof rows)[number]) => Float64Array.from(rows, (row) => row[name]);
  const zero = column('run').fill(0);
  const systemic = column('systemic');
  return {
    policy,
    shock,
    runs: { run: column('run'), margin_posted: column('posted'), bad_debt: column('debt'), systemic, accounts: zero, drop: zero }, // prettier-ignore
    metrics: {
      margin_posted: meanInterval(column('posted')),
      bad_debt: meanInterval(column('debt')),
      p_systemic: wilson(systemic.reduce((sum, x) => sum + x, 0), systemic.length), // prettier-ignore
      accounts_mean: meanInterval(zero),
      worst_move: meanInterval(zero),
    } as Record<string, Estimate>,
  } satisfies ComparedCell;
}

const cheap = cell('cheap', { posted: 10, debt: 50, systemic: 0.5 });
const safe = cell('safe', { posted: 20, debt: 10, systemic: 0.5 });
const bad = cell('bad', { posted: 21, debt: 51, systemic: 0.5 });

const verdicts = (cells: readonly ComparedCell[], block = 0) =>
  Object.fromEntries(
    frontiersOf(cells, 'USDT', 'seed').blocks[block]!.rows.map(({ policy, dominated_by }) => [
      policy,
      dominated_by.map((one) => `${one.policy}${one.shown ? '*' : ''}`),
    ]),
  );

describe('the frontier', () => {
  test('holds what nobody beats in cost and safety together', () => {
    expect(verdicts([cheap, safe, bad])).toEqual({ cheap: [], safe: [], bad: ['cheap*', 'safe*'] });
  });

  test('of a difference that luck explains is by point estimates alone', () => {
    const twin = cell('twin', { posted: 10, debt: 50, systemic: 0.5 });
    twin.runs.bad_debt[0]! += 1;
    twin.metrics['bad_debt'] = meanInterval(twin.runs.bad_debt);
    expect(verdicts([cheap, twin])).toEqual({ cheap: [], twin: ['cheap'] });
  });

  test('of equals has both on it', () => {
    expect(verdicts([cheap, cell('same', { posted: 10, debt: 50, systemic: 0.5 })])).toEqual({
      cheap: [],
      same: [],
    });
  });

  test('leaves out a metric that one of the policies does not have', () => {
    const axes = (cells: readonly ComparedCell[]) =>
      frontiersOf(cells, 'USDT', 'seed').metrics.map(({ name }) => name);
    expect(axes([cheap, safe])).not.toContain('lac');
    const withLac = (one: ReturnType<typeof cell>, lac: Estimate) => ({
      ...one,
      metrics: { ...one.metrics, lac },
    });
    const both = [
      withLac(cheap, { value: 5, low: 4, high: 6 }),
      withLac(cell('worse', { posted: 12, debt: 60, systemic: 0.5 }), { value: 9, low: 7, high: 11 }),
      withLac(cell('worst', { posted: 12, debt: 60, systemic: 0.5 }), { value: 5.5, low: 5, high: 6 }),
    ];
    expect(axes(both)).toContain('lac');
    expect(axes([both[0]!, safe])).not.toContain('lac');
    // More capacity keeps a policy that costs more on the frontier; `worst` is beaten by it, without overlap.
    expect(verdicts(both)).toEqual({ cheap: [], worse: [], worst: ['worse*'] });
  });

  test('over all shocks is that of the means over shocks', () => {
    const cells = ['calm', 'storm'].flatMap((shock, i) =>
      (['cheap', 'safe'] as const).map(
        (policy) =>
        cell(policy, { posted: policy === 'cheap' ? 10 : 20, debt: policy === 'cheap' ? 50 * i : 10, systemic: 0 }, { shock }), // prettier-ignore
      ),
    );
    const { blocks } = frontiersOf(cells, 'USDT', 'seed');
    expect(blocks.map(({ shock }) => shock)).toEqual(['calm', 'storm', 'all shocks']);
    expect(verdicts(cells, 0)).toEqual({ cheap: [], safe: ['cheap*'] });
    expect(verdicts(cells, 2)).toEqual({ cheap: [], safe: [] });
    const { bad_debt, p_systemic } = blocks[2]!.rows[0]!.metrics;
    const own = cells
      .filter(({ policy }) => policy === 'cheap')
      .map(({ metrics }) => metrics['bad_debt']!.value);
    expect(bad_debt!.value).toBeCloseTo((own[0]! + own[1]!) / 2, 12);
    expect(p_systemic!.high).toBeGreaterThan(0.05);
  });
});

describe('a verdict is not given', () => {
  const with_ = (one: ReturnType<typeof cell>, more: object): ComparedCell => ({ ...one, ...more });
  const rows = (cells: readonly ComparedCell[], block = 0) =>
    frontiersOf(cells, 'USDT', 'seed').blocks[block]!.rows.map(({ policy, verdict, no_verdict }) =>
      [policy, verdict, ...no_verdict].join(': '),
    );
  const few = { kind: 'few_runs', text: '6 runs are too few to tell', withholds: true };

  test('on a policy of too few runs, which dominates nobody either', () => {
    expect(rows([cheap, safe, with_(bad, { caveats: [few] })])).toEqual([
      'cheap: on the frontier',
      'safe: on the frontier',
      'bad: none: 6 runs are too few to tell',
    ]);
    expect(verdicts([with_(cheap, { caveats: [few] }), with_(safe, { caveats: [few] }), bad])['bad']).toEqual(
      [],
    );
    expect(rows([with_(cheap, { caveats: [{ ...few, withholds: false }] }), bad])[1]).toBe('bad: dominated');
  });

  test('where an interval is wider than its estimate, but of 0 that is not said', () => {
    const metrics = { ...cheap.metrics, bad_debt: { value: 5, low: 1, high: 6.5 }, p_systemic: { value: 0, low: 0, high: 0.1 } }; // prettier-ignore
    expect(rows([with_(cheap, { metrics }), safe])).toEqual([
      'cheap: none: interval wider than the estimate: bad debt',
      'safe: on the frontier',
    ]);
    const narrow = { ...metrics, bad_debt: { value: 5, low: 1, high: 5.9 } };
    expect(rows([with_(cheap, { metrics: narrow }), safe])[0]).toBe('cheap: on the frontier');
  });

  test('over all shocks for any reason, but that nothing happened only if so under all of them', () => {
    const nothing = { kind: 'nothing_happened', text: 'no account was liquidated', withholds: true };
    const block = (calm: object[], storm: object[]) =>
      rows(
        [with_(cheap, { shock: 'calm', caveats: calm }), with_(cheap, { shock: 'storm', caveats: storm })],
        2,
      );
    expect(block([nothing], [])).toEqual(['cheap: on the frontier']);
    expect(block([nothing], [nothing])).toEqual(['cheap: none: no account was liquidated']);
    expect(block([], [few])).toEqual(['cheap: none: 6 runs are too few to tell']);
  });
});

describe('pairs', () => {
  const { pairs } = comparePolicies([cheap, safe, bad], 'USDT', 'seed');

  test('are all of them, not only those against the first', () => {
    expect(pairs.map(({ policy, against }) => `${policy} ${against}`)).toEqual([
      'safe cheap',
      'bad cheap',
      'bad safe',
    ]);
  });

  test('carry the difference of means, its interval inside the one that holds for all at once, and P', () => {
    const { margin_posted, bad_debt, p_systemic } = pairs[0]!.differences;
    expect(margin_posted!.value).toBeCloseTo(10, 9);
    expect(bad_debt!.value).toBeCloseTo(
      safe.metrics['bad_debt']!.value - cheap.metrics['bad_debt']!.value,
      9,
    );
    expect(bad_debt!.low).toBeGreaterThan(bad_debt!.simultaneous.low);
    expect(bad_debt!.high).toBeLessThan(bad_debt!.simultaneous.high);
    expect(bad_debt!.p_adjusted).toBeGreaterThan(bad_debt!.p);
    expect(bad_debt!.p_adjusted).toBeLessThan(1e-6);
    // Never different: no evidence, and yet no certainty.
    expect(p_systemic).toMatchObject({ value: 0, p: 1, p_adjusted: 1 });
    expect(p_systemic!.low).toBeLessThan(-0.05);
    expect(p_systemic!.simultaneous.low).toBeLessThan(p_systemic!.low);
  });

  test('of fewer than 20 runs have no interval, but of probabilities', () => {
    const lost = Array.from({ length: 11 }, (_, i) => 19 + i);
    const of = (policy: string, posted: number) =>
      cell(policy, { posted, debt: posted, systemic: 0.5 }, { lost });
    const { margin_posted, p_systemic } = comparePolicies([of('a', 10), of('b', 20)], 'USDT', 'seed')
      .pairs[0]!.differences;
    expect(margin_posted!.value).toBeCloseTo(10, 9);
    expect([margin_posted!.low, margin_posted!.high, margin_posted!.simultaneous.high]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
    expect(margin_posted!.p).toBeLessThan(0.01);
    expect(p_systemic!.low).toBeLessThan(0);
  });

  test.each([20, 30])('of %d runs have no interval that is wider than the one for all at once', (runs) => {
    const lost = Array.from({ length: 30 - runs }, (_, i) => runs + i);
    const of = (policy: string, posted: number, systemic: number) =>
      cell(policy, { posted, debt: 5 * posted, systemic }, { lost });
    const few = comparePolicies([of('a', 10, 0.3), of('b', 20, 0.5), of('c', 30, 0.9)], 'USDT', 'seed');
    for (const { differences } of few.pairs) {
      expect(Object.keys(differences)).toContain('p_systemic');
      for (const { low, high, simultaneous } of Object.values(differences)) {
        expect(simultaneous.low).toBeLessThanOrEqual(low);
        expect(simultaneous.high).toBeGreaterThanOrEqual(high);
      }
    }
  });

  test('are the same for the same seed, and of the runs that both policies have', () => {
    expect(comparePolicies([cheap, safe, bad], 'USDT', 'seed').pairs).toEqual(pairs);
    const damaged = cell('safe', { posted: 20, debt: 10, systemic: 0.5 }, { lost: [3, 17] });
    const [pair] = comparePolicies([cheap, damaged], 'USDT', 'seed').pairs;
    expect(pair!.differences['margin_posted']!.value).toBeCloseTo(10, 9); // rows shifted by a loss would say otherwise
    expect(pair!.differences['margin_posted']!.high).toBeCloseTo(10, 9);
  });
});

describe('the absorption capacity', () => {
  /** The cell with searches of three continuations a run: `size` times their luck. Wide alone, narrow in pairs. */
  function searched(one: ReturnType<typeof cell>, size: number, { open = false, runs = 30 } = {}) {
    const rng = createRng('searches');
    const luck = Array.from({ length: runs }, () => [0, 1, 2].map(() => Math.exp(0.8 * rng.normal())));
    const all = [0, 1, 2].map((slot) => Float64Array.from(luck, (row) => size * row[slot]!));
    const lows = all.map((column) => column.filter((_, run) => one.runs.run.includes(run)));
    const highs = lows.map((low) => low.map((x) => (open ? Infinity : 1.1 * x)));
    const joined = [lows, highs].map((columns) => columns.flatMap((x) => [...x]));
    const lac = capacityInterval(joined[0]!, joined[1]!, 0.95);
    return { ...one, searches: { probability: 0.95, lows, highs }, metrics: { ...one.metrics, lac } };
  }
  const plain = { posted: 10, debt: 50, systemic: 0.5 };
  const more = searched(cell('more', plain), 1000);
  const fewer = searched(cell('fewer', plain), 800);

  test('is compared in pairs, and makes the star where its intervals alone would not', () => {
    const [a, b] = [more.metrics.lac, fewer.metrics.lac];
    expect(a.low).toBeLessThan(b.high);
    expect(verdicts([more, fewer])).toEqual({ more: [], fewer: ['more*'] });
    const { lac } = comparePolicies([more, fewer], 'USDT', 'seed').pairs[0]!.differences;
    expect(lac!.value).toBeCloseTo(-0.2 * a.value, 6);
    expect(lac!.high).toBeLessThan(0);
    expect(lac!.simultaneous.low).toBeLessThan(lac!.value);
    expect(lac!.p_adjusted).toBeLessThan(0.05);
    expect(lac!.p_adjusted).toBeGreaterThan(lac!.p);
  });

  test('of equals differs by 0', () => {
    const { lac } = comparePolicies([more, { ...more, policy: 'same' }], 'USDT', 'seed').pairs[0]!
      .differences;
    expect(lac).toMatchObject({ value: 0, low: 0, high: 0, p: 1, simultaneous: { low: 0, high: 0 } });
  });

  test('that is unknown makes no star, and does not count in the correction', () => {
    const open = searched(cell('open', plain), 800, { open: true });
    expect(verdicts([more, open])).toEqual({ more: [], open: ['more'] });
    const { lac, margin_posted } = comparePolicies([more, open], 'USDT', 'seed').pairs[0]!.differences;
    expect([lac!.low, lac!.high, lac!.p, lac!.simultaneous.low]).toEqual([NaN, NaN, NaN, NaN]);
    expect(margin_posted!.simultaneous.low).not.toBeNaN();
  });

  test('is that of the first shock under every shock', () => {
    // As the model records it: cells of other shocks have columns without numbers.
    const blank = (one: typeof more) => {
      const lows = one.searches.lows.map((x) => x.map(() => NaN));
      return { ...one, shock: 'storm', searches: { ...one.searches, lows, highs: lows } };
    };
    const { pairs } = comparePolicies([more, fewer, blank(more), blank(fewer)], 'USDT', 'seed');
    const found = pairs.map(({ differences }) => differences['lac']!);
    expect(pairs.map(({ shock }) => shock)).toEqual(['sale', 'storm', 'all shocks']);
    expect(found[0]!.p).toBeLessThan(0.05);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  test('is of the runs that both policies have, as is every other number beside it', () => {
    const damaged = searched(cell('damaged', plain, { lost: [3, 17] }), 800);
    const [pair] = comparePolicies([more, damaged], 'USDT', 'seed').pairs;
    const kept = more.searches.lows.map((x) => x.filter((_, run) => run !== 3 && run !== 17));
    const lows = kept.flatMap((x) => [...x]);
    const { value } = capacityInterval(lows, lows.map((x) => x + 1), 0.95); // prettier-ignore
    expect(pair!.differences['lac']!.value).toBeCloseTo(-0.2 * value, 6);
    expect(pair!.differences['margin_posted']!.high).toBeCloseTo(0, 9);
  });
});
