// The block `rare`: what can be written, the levels that it makes, and that splitting agrees with plain runs where those can
// tell.
import { beforeEach, describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { modelOf } from '../../../src/models/index.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import type { Experiment } from '../../../src/models/experiment.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { bench } from '../../experiment/fixtures/experiment.ts';

const { read, errorOf, reset } = bench();
beforeEach(reset);

const rare = (block: string) => `runs: 2\nrare: { method: fixed, particles: 10, ${block} }`;

function levelsOf(block: string): readonly number[] {
  const experiment = read('runs: 2', rare(block));
  if (experiment.model !== 'rare_market') throw new Error(`a ${experiment.model}`);
  return experiment.rare.splitting.levels;
}

function columnsOf(experiment: Experiment, cell = 0): RunColumns {
  const model = modelOf(experiment);
  const rows: (string | number | boolean)[][] = [];
  const runner = model.prepare(experiment, cell);
  for (let run = 0; run < experiment.runs; run++)
    runner.run(run, (table, row) => {
      if (table === 'runs') rows.push([...row]);
    });
  const { columns } = model.tables[0]!;
  return Object.fromEntries(
    columns
      .map(({ name, type }, i) => [name, type, rows.map((row) => row[i])] as const)
      .filter(([, type]) => type !== 'STRING')
      .map(([name, , values]) => [name, Float64Array.from(values as number[])]),
  );
}

describe('levels', () => {
  test.each([
    ['event: drawdown >= 1 %, levels: { every: 0.25 % }', [0.0025, 0.005, 0.0075, Infinity]],
    ['event: drawdown >= 1 %, levels: { every: 0.3 %, to: 0.6 % }', [0.003, 0.006, Infinity]],
    ['event: liquidated >= 0.2, levels: [5 %, 0.1]', [0.05, 0.1, Infinity]],
    ['event: liquidated >= 20 %, score: drawdown, levels: [3 %, 30 %]', [0.03, 0.3, Infinity]],
    ['event: drawdown >= 1 %, levels: []', [Infinity]],
  ])('of %s', (block, levels) => {
    const found = levelsOf(block);
    expect(found.length).toBe(levels.length);
    found.forEach((level, i) => {
      if (level !== levels[i]) expect(level).toBeCloseTo(levels[i]!, 12);
    });
  });

  test.each([
    ['event: drawdown >= 1 %, levels: [2 %]', 'rare.levels[0]: must be below the event, got 2 %'],
    ['event: drawdown >= 5 %, levels: [2 %, 1 %]', 'rare.levels[1]: must rise, got 1 %'],
    ['event: drawdown >= 5 %, levels: [-2 %]', 'rare.levels[0]: must be above 0 and at most 1000, got -2 %'],
    [
      'event: drawdown >= 5 %, levels: { every: 1 %, to: 7 % }',
      'rare.levels.to: must be below the event, got 7 %',
    ],
    [
      'event: liquidated >= 5 %, score: drawdown, levels: { every: 1 % }',
      'rare.levels.to: missing, needs a highest level, as the event is of another score',
    ],
    [
      'event: drawdown >= 5 %, levels: { every: 0.0001 % }',
      'rare.levels.every: must make at most 10000 levels, makes 49999, got 0.0001 %',
    ],
    [
      'event: drawdwn >= 5 %, levels: []',
      'rare.event: needs one of drawdown, pressure, liquidated, fund-used before >=, got drawdwn',
    ],
    ['event: drawdown > 5 %, levels: []', 'rare.event: needs a condition such as liquidated >= 20 %'],
    ['event: drawdown >= much, levels: []', 'rare.event: needs a share such as 0.05 or 5 %, got "much"'],
    ['event: drawdown >= 5 %, levels: [], kill: 5 %', 'rare.kill: unknown key'],
    ['event: drawdown >= 5 %, levels: [], score: fall', 'rare.score: needs one of drawdown, pressure'],
  ])('%s is refused', (block, message) => {
    expect(errorOf('runs: 2', rare(block))).toContain(message);
  });

  test('one particle is too few', () => {
    const block = 'runs: 2\nrare: { method: adaptive, particles: 1, event: drawdown >= 5 %, levels: [] }';
    expect(errorOf('runs: 2', block)).toContain(
      'rare.particles: needs a whole number of at least 2 and at most 1e6, got 1',
    );
  });
});

describe('a market', () => {
  const settings = [
    'until=20 s',
    'rare.event=drawdown >= 0.2 %',
    'rare.levels={ every: 0.1 % }',
    'market.instruments[0].index.volatility=500 % per year',
  ];
  const few = (...sets: string[]) =>
    readExperiment('experiments/rare.yaml', { sets: [...settings, ...sets] });
  const probability = (experiment: Experiment, columns: RunColumns) =>
    modelOf(experiment).summarise(experiment, [columns, columns, columns]).cells[0]!.metrics[
      'probability'
    ] as Estimate;

  test('has the probability that plain runs have, by either method', () => {
    const one = 'event: drawdown >= 0.2 %, positions: fixed';
    // Without levels each trajectory is a plain run.
    const plain = few(`rare={ method: fixed, particles: 300, levels: [], ${one} }`, 'runs=1');
    const b = probability(plain, columnsOf(plain));
    expect(b.value).toBeGreaterThan(0.02);
    expect(b.value).toBeLessThan(0.6);
    for (const method of ['fixed', 'adaptive']) {
      const split = few(`rare={ method: ${method}, particles: 15, levels: [0.1 %], ${one} }`, 'runs=20');
      const a = probability(split, columnsOf(split));
      const error = Math.hypot(a.high - a.low, b.high - b.low) / 4;
      expect(Math.abs(a.value - b.value), method).toBeLessThan(4 * error);
    }
  });

  test('with fixed positions the trajectories begin alike, and else not', () => {
    const events = (positions: string) =>
      columnsOf(few(`rare.positions=${positions}`, 'rare.particles=4', 'runs=2'))['plain_events']!;
    expect(events('fixed')).not.toEqual(events('drawn'));
  });

  test('gives the same again from the same runner, whatever ran before', () => {
    const experiment = few('rare.particles=6', 'runs=2');
    const runner = modelOf(experiment).prepare(experiment, 1);
    const of = (run: number) => {
      const rows: unknown[] = [];
      runner.run(run, (_table, row) => rows.push(row));
      return rows;
    };
    const first = of(0);
    of(1);
    expect(of(0)).toEqual(first);
  });
});
