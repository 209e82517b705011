// A cheap calibration of a market with two settings that its moments tell of, and one that they do not: known settings come back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CalibrateResult } from '../../../src/design/calibrate/calibrate.ts';
import { calibrate } from '../../../src/design/calibrate/calibrate.ts';
import { calibrateDesign, summaryOf } from '../../../src/design/calibrate/calibrate-design.ts';
import { posteriorText } from '../../../src/design/calibrate/posterior-file.ts';
import { calibrateSetup } from '../../../src/design/calibrate/setup.ts';
import { PointPool } from '../../../src/design/points/evaluate.ts';
import type { PointRequest } from '../../../src/design/points/evaluate.ts';
import type { Experiment } from '../../../src/models/experiment.ts';
import { readExperiment } from '../../../src/models/experiment.ts';
import { STRETCH_S, WARM_UP_S } from '../../../src/lab/scorecard/facts-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'calibrate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The truth: takers every 8 s with orders of at least 2,000 USDT. */
const MARKET = `
question: Do known settings come back?
seed: recovery
until: ${WARM_UP_S + STRETCH_S} s
runs: 1
market:
  instruments:
    - { name: X, tick: 1 USDT, lot: 0.01 X, price: 60000, book: { flat: { lots_per_tick: 500, ticks: 200 } } }
population:
  - { kind: taker, count: 20, params: { gap: 8 s, again: 0, tail: 3, least: 2000 USDT, most: 100000 USDT } }
policies: { none: { margin: { rule: flat, leverage: 5 } } }
calibrate:
  parameters:
    population.taker.params.gap: { range: [2 s, 32 s], scale: log }
    population.taker.params.least: { range: [1000 USDT, 8000 USDT], scale: log }
    market.latency.notice: [0 s, 10 s]
  targets:
    trade_rate: { value: 2.5, error: 0.03 }
    trade_size: { value: 0.05, error: 0.05 }
  points: 60
  keep: 20
  search: 3
  fresh_runs: 2
`;

let experiment: Experiment;
let result: CalibrateResult;
let asked: PointRequest[];

beforeAll(async () => {
  const file = join(folder, 'market.yaml');
  writeFileSync(file, MARKET);
  experiment = readExperiment(file);
  asked = [];
  const pool = new PointPool(experiment, 2, { measures: 'moments' });
  const evaluator = {
    evaluate(points: readonly PointRequest[]) {
      asked.push(...points);
      return pool.evaluate(points);
    },
  };
  try {
    result = await calibrate(calibrateSetup(experiment), evaluator);
  } finally {
    await pool.close();
  }
});

const parameter = (name: string) => result.parameters.find(({ path }) => path.endsWith(name))!;

describe('a synthetic market', () => {
  test('gives its settings back within their intervals: 20 takers every 8 s, 3,000 USDT an order', () => {
    const gap = parameter('gap');
    expect(gap.interval.low).toBeLessThan(8);
    expect(gap.interval.high).toBeGreaterThan(8);
    expect(gap.interval.high / gap.interval.low).toBeLessThan(3);
    // The mean of Pareto’s law with tail 3 is 1.5 times the least: 0.05 X are 3,000 USDT.
    const least = parameter('least');
    expect(least.interval.low).toBeLessThan(2000);
    expect(least.interval.high).toBeGreaterThan(2000);
    expect(least.interval.high / least.interval.low).toBeLessThan(3);
  });

  test('says which settings are identified, and that a delay that nobody feels is not', () => {
    expect(parameter('gap').verdict).toBe('identified');
    expect(parameter('least').verdict).toBe('identified');
    expect(parameter('notice').verdict).toBe('not identified');
    expect(parameter('notice').recovered.width).toBeGreaterThan(0.85);
  });

  test('of every setting the 90 % interval holds the truth in about 90 % of the trials', () => {
    for (const { recovered } of result.parameters) expect(recovered.coverage.value).toBeGreaterThan(0.75);
  });

  test('the posterior and the best market are near the targets on fresh seeds', () => {
    expect(result.best.distance.fitted).toBeLessThan(3);
    expect(result.posterior.coverage.fitted).toBe(1);
    expect(result.posterior.distance.fitted).toBeLessThan(result.drawn.fitted / 3);
    expect(result.as_it_stands.distance.held_out).toBeNaN();
  });
});

test('drawn markets have luck of their own, the points of the search the same, and fresh ones neither', () => {
  const seeds = asked.map(({ seed }) => seed);
  const runs = (prefix: string) => asked.filter(({ seed }) => seed.startsWith(prefix)).map((one) => one.runs);
  // A draw is looked at with as many runs as a drawn market: distances of both are of the same kind.
  expect(new Set(runs('recovery/fresh/'))).toEqual(new Set(runs('recovery/prior/')));
  expect(seeds.filter((seed) => seed.startsWith('recovery/prior/'))).toHaveLength(60);
  expect(new Set(seeds.filter((seed) => seed.startsWith('recovery/prior/'))).size).toBe(60);
  expect(seeds.filter((seed) => seed === 'recovery')).toHaveLength(3);
  expect(seeds.filter((seed) => seed.startsWith('recovery/fresh'))).toHaveLength(2 + 24);
});

test('its document and its table give the result back', () => {
  const design = calibrateDesign(experiment);
  const columns = design.columnsOf(result);
  const rows = result.points.map((_, i) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[i]!])),
  );
  expect(design.resultOf(summaryOf(result), rows)).toEqual(result);
});

test('the file of draws has changes that the experiment can be read with', () => {
  const { draws, parameters } = parse(
    posteriorText(result, { made_by: 'unwind calibrate market.yaml', seed: 'recovery' }),
  ) as {
    draws: { weight: number; changes: Record<string, number | string> }[];
    parameters: { path: string; below: number; above: number }[];
  };
  expect(draws).toHaveLength(20);
  expect(draws.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 4);
  const sets = Object.entries(draws[0]!.changes).map(([path, value]) => `${path}=${value}`);
  expect(sets[0]).toMatch(/^population\.taker\.params\.gap=[\d.]+ s$/);
  expect(() => readExperiment(experiment.file, { sets })).not.toThrow();
  expect(parameters.every(({ below, above }) => below < above)).toBe(true);
});

test.each([
  [
    'calibrate.targets={ speed: { value: 1, error: 1 } }',
    'calibrate.targets.speed: there is no moment speed',
  ],
  [
    'calibrate.targets={ touch: { value: 1 } }',
    'calibrate.targets.touch.error: missing, needs an error above 0',
  ],
  ['calibrate.targets={ touch: { value: -1, error: 1 } }', 'calibrate.targets.touch.value: must be above 0'],
  ['calibrate.targets={ touch: { measured: true } }', 'no data of these kinds tell of it: give a value'],
  ['calibrate.targets={ signs: { measured: true } }', 'calibrate.targets.signs.measured: needs data.trades'],
  ['calibrate.targets={ signs: { measured: true, value: 1 } }', 'needs either a value or measured: true'],
  ['calibrate.targets={ touch: { value: 1, error: 1, held_out: true } }', 'needs a target that is fitted'],
  ['calibrate.keep=60', 'calibrate.keep: needs fewer than points'],
])('%s: an error in one line', (set, what) => {
  expect(() => readExperiment(experiment.file, { sets: [set] })).toThrow(what);
});
