// The order book race as an experiment: what can be set, and what the lab reports of its runs.
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { bookRace } from '../../../src/models/book-race/runs.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { wilson } from '../../../src/stats/intervals/proportion.ts';

const FILE = 'experiments/validation/order-book-race.yaml';

type Metrics = Record<'p_up' | 'p_fill' | 'p_make_spread', Estimate> & { events: number };

function read(...sets: string[]) {
  const experiment = readExperiment(FILE, {
    sets: sets.map((set) => set.replace(/^(?!runs)/, 'book_race.')),
  });
  if (experiment.model !== 'book_race') throw new Error('not an order book race');
  return experiment;
}

function columnsOf(...sets: string[]): RunColumns {
  const experiment = read(...sets);
  const runner = bookRace.prepare(experiment, 0);
  const rows: number[][] = [];
  for (let run = 0; run < experiment.runs; run++) {
    runner.run(run, (_table, row) => rows.push(row as number[]));
  }
  return Object.fromEntries(
    bookRace.tables[0]!.columns.map(({ name }, i) => [name, Float64Array.from(rows, (row) => row[i]!)]),
  );
}

function resultOf(...sets: string[]) {
  const { metrics, runs } = bookRace.summarise(read(...sets), [columnsOf(...sets)]).cells[0]!;
  return { ...(metrics as unknown as Metrics), runs };
}

describe('the results', () => {
  test('are three probabilities with Wilson intervals', () => {
    const sets = ['bid=2', 'ask=2', 'runs=3000'];
    const { p_up, p_fill, p_make_spread, events, runs } = resultOf(...sets);
    const { up, fill, make } = columnsOf(...sets);
    const hits = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
    expect(runs).toBe(3000);
    expect(p_up).toEqual(wilson(hits(up!), 3000));
    expect(p_fill).toEqual(wilson(hits(fill!), 3000));
    expect(p_make_spread).toEqual(wilson(hits(make!), 3000));
    expect(events).toBeGreaterThan(3 * 3000);
    for (const [estimate, p] of [
      [p_up, 0.5],
      [p_fill, 0.5508],
      [p_make_spread, 0.3856],
    ] as const) {
      // prettier-ignore
      expect(Math.abs(estimate.value - p)).toBeLessThan(4 * Math.sqrt(0.25 / 3000));
    }
  });

  test('are those of the file’s own start: one order against three', () => {
    const { p_up } = resultOf('runs=3000');
    expect(Math.abs(p_up.value - 0.259)).toBeLessThan(4 * Math.sqrt(0.2 / 3000));
  });

  test('see the spread: inside a wide one orders come so often that nothing fills', () => {
    const [narrow, wide] = [1, 8].map((spread) => resultOf('bid=2', 'ask=2', `spread=${spread}`, 'runs=500'));
    expect(wide!.p_fill.high).toBeLessThan(narrow!.p_fill.low);
    expect(wide!.p_make_spread.value).toBeLessThan(0.01);
  });
});

test.each([
  ['bid=0', 'book_race.bid: needs a whole number of at least 1 and at most 100000, got 0'],
  ['ask=2.5', 'book_race.ask: needs a whole number'],
  ['spread=0', 'book_race.spread: needs a whole number of at least 1'],
  ['spread=10001', 'book_race.spread: needs a whole number of at least 1 and at most 10000'],
  ['market_rate=-1', 'book_race.market_rate: needs a number of at least 0'],
  ['limit_rates=[]', 'book_race.limit_rates: needs'],
  ['limit_rates=[1, 0]', 'book_race.limit_rates[1]: needs a number of at least 1e-8 and at most 1e6, got 0'],
  ['cancel_rates=[0]', 'book_race.cancel_rates[0]: needs a number of at least 1e-8'],
  ['limit_beyond={ rate: 1 }', 'book_race.limit_beyond.exponent: missing'],
  ['limit_rates=[20]', 'book_race.limit_rates: settles at more than 15 orders in a best queue'],
])('%s is refused: %s', (set, message) => {
  expect(() => read(set)).toThrow(message);
});

test('orders that come fast and stay are refused where they would be too many', () => {
  expect(() => read('spread=9000', 'limit_beyond.rate=1000', 'limit_beyond.exponent=0')).toThrow(
    'book_race.spread: may leave more than 3000 orders on a side',
  );
});
