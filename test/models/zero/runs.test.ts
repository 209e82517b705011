// The zero-intelligence market as an experiment: units, what the lab reports, and what can't be set.
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import { granularity, ticksPerPc, zero } from '../../../src/models/zero/runs.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';

const FILE = 'experiments/validation/zero-intelligence.yaml';

function read(...sets: string[]) {
  const experiment = readExperiment(FILE, { sets: sets.map((set) => set.replace(/^(?!runs)/, 'zero.')) });
  if (experiment.model !== 'zero') throw new Error('not a zero-intelligence market');
  return experiment;
}

function resultOf(...sets: string[]) {
  const experiment = read(...sets);
  const runner = zero.prepare(experiment, 0);
  const rows: number[][] = [];
  for (let run = 0; run < experiment.runs; run++) {
    runner.run(run, (_table, row) => rows.push(row as number[]));
  }
  const columns: RunColumns = Object.fromEntries(
    zero.tables[0]!.columns.map(({ name }, i) => [name, Float64Array.from(rows, (row) => row[i]!)]),
  );
  return zero.summarise(experiment, [columns]).cells[0]!.metrics as Record<string, Estimate>;
}

describe('the results', () => {
  test('are the mean spread in ticks and in units of p_c', () => {
    const { mean_spread, spread_over_pc, quoted, ticks_per_pc, granularity: epsilon } = resultOf('runs=20');
    expect([ticks_per_pc, epsilon]).toEqual([expect.closeTo(500, 9), expect.closeTo(0.2, 12)]);
    expect(quoted!.value).toBeCloseTo(1, 9);
    expect(Math.abs(spread_over_pc!.value - 0.761)).toBeLessThan(0.03);
    for (const bound of ['value', 'low', 'high'] as const) {
      expect(spread_over_pc![bound] * 500).toBeCloseTo(mean_spread![bound], 9);
    }
    expect(mean_spread!.low).toBeLessThan(mean_spread!.value);
    expect(mean_spread!.value).toBeLessThan(mean_spread!.high);
  });

  test('scale: settings of one granularity have one spread / p_c', () => {
    const scaled = [
      ['cancel_rate=0.02', 'market_rate=0.2'],
      ['cancel_rate=0.08', 'market_rate=0.8'],
    ];
    const [a, b] = scaled.map((sets) => resultOf('runs=10', 'time=100', ...sets)['spread_over_pc']!.value);
    expect(Math.abs(a! - b!)).toBeLessThan(0.015);
    expect(scaled.map((sets) => Math.round(ticksPerPc(read(...sets).zero)))).toEqual([500, 2000]);
    expect(scaled.map((sets) => granularity(read(...sets).zero).toFixed(9))).toEqual([
      '0.200000000',
      '0.200000000',
    ]);
  });

  test('are the same for shares in larger orders, at rates as much higher', () => {
    const small = resultOf('runs=3', 'time=20');
    const large = resultOf('runs=3', 'time=20', 'order_size=4', 'limit_rate=2', 'market_rate=0.8');
    expect(large['spread_over_pc']!.value).toBeCloseTo(small['spread_over_pc']!.value, 9);
  });
});

test.each([
  ['cancel_rate=2', 'zero.window: holds fewer than 20 orders on a side'],
  ['cancel_rate=1e-8', 'zero.window: holds more than 1000000 orders on a side'],
  ['tick=1e-7', 'zero.tick: must leave the window'],
  ['tick=100', 'zero.tick: must leave the window'],
  ['order_size=1.5', 'zero.order_size: needs a whole number'],
  ['market_rate=0', 'zero.market_rate: needs a number of at least 1e-8'],
])('%s is refused: %s', (set, message) => {
  expect(() => read(set)).toThrow(message);
});
