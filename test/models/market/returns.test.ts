// Tails and clustering of a run and of its twin: from samples that were made up, against the facts' own functions.
import { expect, test } from 'vitest';
import { returns } from '../../../src/models/market/measures/returns.ts';
import type { MarketRun } from '../../../src/models/market/market-run.ts';
import { returnCorrelation, tailIndex, volatility } from '../../../src/stats/facts/returns.ts';
import { createRng } from '../../../src/core/rng.ts';

/** A path of so many prices whose steps have heavy tails or not. */
function pathOf(count: number, heavy: boolean): number[] {
  const rng = createRng(`path ${heavy}`);
  let price = 600_000;
  return Array.from({ length: count }, () => {
    const size = heavy ? Math.pow(1 - rng.uniform(), -1 / 3) : rng.uniform();
    price *= 1 + 1e-5 * size * (rng.chance(0.5) ? 1 : -1);
    return price;
  });
}

/** A run that has been measured on these paths: its columns. */
function measured(own: readonly number[], twin: readonly number[]): Map<string, number> {
  const values = new Map<string, number>();
  let middle = twin[0]!;
  // All that touchOf asks of a venue.
  const venue = {
    book: { bestBid: () => middle, bestAsk: () => middle },
    ledger: { marks: [0] },
  };
  const run = {
    venue,
    path: { instruments: [{ middle: own }] },
    set: (name: string, value: number) => values.set(name, value),
  } as unknown as MarketRun;
  returns.atShock!(run);
  returns.atEnd!(run);
  for (const price of twin.slice(1)) {
    middle = price;
    returns.sampleTwin!(run);
  }
  returns.atTwinEnd!(run);
  return values;
}

test('they are the facts of each path', () => {
  const [own, twin] = [pathOf(2000, true), pathOf(2000, false)];
  const values = measured(own, twin);
  const blocks = (path: readonly number[]) => [
    { mid: Float64Array.from(path), index: Float64Array.from(path) },
  ];
  expect(values.get('tail_index')).toBe(tailIndex(1, 0.01)(blocks(own)));
  expect(values.get('twin_tail_index')).toBe(tailIndex(1, 0.01)(blocks(twin)));
  expect(values.get('volatility_1s')).toBe(volatility(1)(blocks(own)));
  expect(values.get('tail_index')).toBeLessThan(values.get('twin_tail_index')! / 2);
  expect(values.get('kurtosis_10s')).toBeGreaterThan(values.get('twin_kurtosis_10s')!);
});

test('short paths say nothing', () => {
  const values = measured(pathOf(299, true), pathOf(300, true));
  expect(values.get('tail_index')).toBeNaN();
  expect(values.get('twin_tail_index')).toBeGreaterThan(0);
});

test('what liquidations make is the paired difference of runs in which both are known', () => {
  const column = (...values: number[]) => Float64Array.from(values);
  const names = returns.columns.map(({ name }) => name);
  const runs = Object.fromEntries(names.map((name) => [name, column(3, 4, NaN)]));
  const metrics = returns.metrics({ ...runs, tail_index: column(2, 3.5, 9) });
  expect(metrics['tail_index_by_liquidations']).toMatchObject({ value: -0.75, n: 2, left_out: 1 });
});

test('minutes of larger moves cluster over 10 s, one large move does not', () => {
  const calm = pathOf(2000, false);
  const moved = (from: number, to: number, times: number): number[] => {
    let price = calm[0]!;
    return calm.map((now, i) => {
      if (i > 0) price *= 1 + (now / calm[i - 1]! - 1) * (i >= from && i < to ? times : 1);
      return price;
    });
  };
  const lasting = measured(moved(1000, 1120, 10), calm);
  expect(lasting.get('clustering_10s')).toBeGreaterThan(0.3);
  expect(lasting.get('clustering_10s')).toBe(returnCorrelation(10, 1, true)([block(moved(1000, 1120, 10))]));
  expect(Math.abs(lasting.get('twin_clustering_10s')!)).toBeLessThan(0.15);
  expect(Math.abs(measured(moved(1000, 1001, 1000), calm).get('clustering_10s')!)).toBeLessThan(0.15);
});

const block = (path: readonly number[]) => ({ mid: Float64Array.from(path), index: Float64Array.from(path) });
