// Queue depletion as an experiment: what can be set, and what the lab reports of its runs.
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { depletion } from '../../../src/models/depletion/runs.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';

const FILE = 'experiments/validation/queue-depletion.yaml';

function read(...sets: string[]) {
  const experiment = readExperiment(FILE, {
    sets: sets.map((set) => set.replace(/^(?!runs)/, 'depletion.')),
  });
  if (experiment.model !== 'depletion') throw new Error('not a queue depletion');
  return experiment;
}

function resultOf(...sets: string[]): Record<string, Estimate> {
  const experiment = read(...sets);
  const runner = depletion.prepare(experiment, 0);
  const rows: number[][] = [];
  for (let run = 0; run < experiment.runs; run++) {
    runner.run(run, (_table, row) => rows.push(row as number[]));
  }
  const columns: RunColumns = Object.fromEntries(
    depletion.tables[0]!.columns.map(({ name }, i) => [name, Float64Array.from(rows, (row) => row[i]!)]),
  );
  return depletion.summarise(experiment, [columns]).cells[0]!.metrics as Record<string, Estimate>;
}

const width = ({ low, high }: Estimate) => high - low;

describe('the results', () => {
  test('are directions, durations and the variance of the price, with intervals', () => {
    const found = resultOf('runs=400', 'moves=100');
    expect(Object.keys(found)).toEqual([
      'p_up',
      'first_duration',
      'p_continue',
      'p_continue_up',
      'p_continue_down',
      'mean_duration',
      'price_drift',
      'price_variance',
    ]);
    for (const { value, low, high } of Object.values(found)) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
    const targets = { p_continue: 0.5, mean_duration: 7.154, price_variance: 0.1398, price_drift: 0 };
    for (const [name, target] of Object.entries(targets)) {
      expect(Math.abs(found[name]!.value - target), name).toBeLessThan(width(found[name]!));
    }
  });

  test('of one move have no variance and no time between moves', () => {
    const { p_up, first_duration, mean_duration, price_variance } = resultOf('runs=50', 'moves=1');
    expect(p_up!.value).toBeGreaterThan(0);
    expect(first_duration!.value).toBeGreaterThan(0);
    expect([mean_duration!.value, price_variance!.value]).toEqual([NaN, NaN]);
  });

  test('see which refill belongs to which direction', () => {
    // After a move up the bid queue is short, so that it turns; after a move down, too, so that it goes on.
    const sets = ['refill_up={ fixed: [1, 5] }', 'refill_down={ pairs: [[1, 5, 1]] }'];
    const { p_continue_up, p_continue_down, price_drift } = resultOf('runs=100', 'moves=100', ...sets);
    expect(p_continue_up!.high).toBeLessThan(0.3);
    expect(p_continue_down!.low).toBeGreaterThan(0.7);
    expect(price_drift!.high).toBeLessThan(0);
  });
});

test.each([
  ['arrival_rate=1.5', 'depletion.arrival_rate: must be at most removal_rate'],
  ['arrival_rate=0', 'depletion.arrival_rate: needs a number of at least 1e-8'],
  ['bid=0', 'depletion.bid: needs a whole number of at least 1'],
  ['ask=2.5', 'depletion.ask: needs a whole number'],
  ['moves=0', 'depletion.moves: needs a whole number of at least 1'],
  [
    'refill_up={ uniform: [5, 1] }',
    'depletion.refill_up.uniform: needs [least, most] with least at most most',
  ],
  ['refill_up={ pairs: [[5, 1, 0]] }', 'depletion.refill_up.pairs: needs a pair with a weight above 0'],
  ['refill_up={ pairs: [[5, 1]] }', 'depletion.refill_up.pairs[0]: needs [bid, ask, weight]'],
  ['refill_down={ fixd: [5, 1] }', 'depletion.refill_down.fixd: unknown key; did you mean fixed?'],
])('%s is refused: %s', (set, message) => {
  expect(() => read(set)).toThrow(message);
});
