// The stationary book as an experiment: what can be set, and what the lab reports of its runs.
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import { stationaryBook } from '../../../src/models/stationary-book/runs.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';

const FILE = 'experiments/validation/stationary-book.yaml';

function read(...sets: string[]) {
  const experiment = readExperiment(FILE, {
    sets: sets.map((set) => set.replace(/^(?!runs)/, 'stationary_book.')),
  });
  if (experiment.model !== 'stationary_book') throw new Error('not a stationary book');
  return experiment;
}

function resultOf(...sets: string[]) {
  const experiment = read(...sets);
  const runner = stationaryBook.prepare(experiment, 0);
  const rows: number[][] = [];
  for (let run = 0; run < experiment.runs; run++) {
    runner.run(run, (_table, row) => rows.push(row as number[]));
  }
  const columns: RunColumns = Object.fromEntries(
    stationaryBook.tables[0]!.columns.map(({ name }, i) => [name, Float64Array.from(rows, (row) => row[i]!)]),
  );
  return stationaryBook.summarise(experiment, [columns]).cells[0]!.metrics as Record<string, Estimate>;
}

describe('the results', () => {
  test('are the spread, depth by distance and moves, with intervals over runs', () => {
    const { events, quoted, ...found } = resultOf('runs=20', 'time=300');
    expect(Object.keys(found)).toEqual([
      'mean_spread',
      'p_spread_1',
      'depth_1',
      'depth_2',
      'depth_3',
      'depth_4',
      'depth_5',
      'mid_moves',
    ]);
    for (const { value, low, high } of Object.values(found)) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
    expect(quoted!.value).toBeCloseTo(1, 9);
    expect(events).toBeGreaterThan(20 * 300 * 60);
    const targets = { mean_spread: 1.356, p_spread_1: 0.742, depth_2: 1.638, mid_moves: 2.54 };
    for (const [name, target] of Object.entries(targets)) {
      const { value, low, high } = found[name]!;
      expect(Math.abs(value - target), name).toBeLessThan(1.5 * (high - low));
    }
  });

  test('of a book that is often empty are of the time with both quotes', () => {
    const sets = ['market_rate=20', 'placement_ticks=2', 'runs=20', 'time=30'];
    const { quoted, mean_spread, depth_1 } = resultOf(...sets);
    expect(quoted!.high).toBeLessThan(0.3);
    expect(mean_spread!.low).toBeGreaterThan(1);
    expect(depth_1!.high).toBeLessThan(1.1);
  });
});

test.each([
  ['time=0', 'stationary_book.time: needs a number above 0'],
  ['placement_ticks=0', 'stationary_book.placement_ticks: needs a whole number of at least 1'],
  ['cancel_beyond=0', 'stationary_book.cancel_beyond: needs a number of at least 1e-8'],
  ['cancel_beyond=1e-6', 'stationary_book.placement_ticks: may leave more than 3000 orders on a side'],
  ['bid=1', 'stationary_book.bid: unknown key'],
])('%s is refused: %s', (set, message) => {
  expect(() => read(set)).toThrow(message);
});
