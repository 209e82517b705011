// Margins along a path as an experiment: the path, what the lab reports of it, and what is refused.
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import type { RunColumns } from '../../../src/models/model.ts';
import { procyclicality } from '../../../src/models/procyclicality/runs.ts';
import { garchPrices } from '../../../src/models/procyclicality/garch.ts';
import { ewmaJump, MarginPath } from '../../../src/models/procyclicality/margin-path.ts';
import { marginSchema } from '../../../src/clearing/policy/margin.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { realCloses } from '../../sim/real-data.ts';

const DRAWN = 'experiments/validation/procyclicality.yaml';
const REAL = 'experiments/procyclicality.yaml';

function read(file: string, ...sets: string[]) {
  const experiment = readExperiment(file, {
    sets: sets.map((set) => set.replace(/^(?!runs)/, 'procyclicality.')),
  });
  if (experiment.model !== 'procyclicality') throw new Error('no margins along a path');
  return experiment;
}

/** Metrics by margin, of the model run as the lab runs it. */
function resultOf(file: string, ...sets: string[]): Record<string, Record<string, Estimate>> {
  const experiment = read(file, ...sets);
  const names = procyclicality.tables[0]!.columns.map(({ name }) => name);
  const cells = procyclicality.cells(experiment).map((_cell, cell): RunColumns => {
    const runner = procyclicality.prepare(experiment, cell);
    const rows: (number | string | boolean)[][] = [];
    for (let run = 0; run < experiment.runs; run++) {
      runner.run(run, (_table, row) => rows.push([...row]));
    }
    return Object.fromEntries(
      names.map((name, i) => [name, Float64Array.from(rows, (row) => Number(row[i]))]),
    );
  });
  const summary = procyclicality.summarise(experiment, cells);
  return Object.fromEntries(
    summary.cells.map(({ labels, metrics }) => [labels['margin']!, metrics as Record<string, Estimate>]),
  );
}

describe('along drawn paths', () => {
  const found = resultOf(DRAWN, 'runs=20');

  test('the tools do what they are for', () => {
    const of = (margin: string, metric: string) => found[margin]![metric]!.value;
    expect(of('ewma-97', 'peak_to_trough')).toBeLessThan(of('ewma-94', 'peak_to_trough'));
    expect(of('floor', 'peak_to_trough')).toBeLessThan(of('ewma-97', 'peak_to_trough'));
    expect(of('stressed', 'peak_to_trough')).toBeLessThan(of('ewma-97', 'peak_to_trough'));
    expect(of('stressed', 'breaches')).toBeLessThan(of('floor', 'breaches'));
    expect(of('speed-limit', 'call_1d')).toBeLessThan(of('ewma-97', 'call_1d'));
    expect(of('floor', 'mean_margin')).toBeGreaterThan(of('ewma-97', 'mean_margin'));
  });

  test('every number has an interval', () => {
    for (const metrics of Object.values(found)) {
      for (const [name, { value, low, high }] of Object.entries(metrics)) {
        expect(low, name).toBeLessThanOrEqual(value);
        expect(value, name).toBeLessThanOrEqual(high);
        expect(low, name).toBeLessThan(high);
      }
    }
  });

  test('margins meet the same paths: a margin’s numbers do not depend on the others', () => {
    const alone = resultOf(DRAWN, 'runs=12', 'margins={ one: { rule: flat, leverage: 20 } }');
    expect(alone['one']!['peak_to_trough']!.value).toBe(1);
    expect(alone['one']!['mean_margin']!.value).toBeCloseTo(0.025, 9);
    expect(alone['one']!['breaches']!.value).toBeLessThan(found['ewma-97']!['breaches']!.value);
  });
});

describe('along the real closes', () => {
  test('the parametric margin is the recursion over the hourly closes', () => {
    const closes = Int32Array.from(realCloses(), (close) => Math.round(100 * close));
    const settings = { rule: 'ewma-var', decay: 0.97, volatility: '4 %', horizon: '1 d', interval: '1 h' };
    const path = new MarginPath(marginSchema.parse(settings), () => undefined, 3600e6);
    const rates = new Float64Array(closes.length);
    path.run(closes, rates);
    const decay = 0.97 ** (1 / 24);
    let variance = 0.0016;
    closes.forEach((close, t) => {
      if (t > 0) variance = decay * variance + (1 - decay) * 24 * Math.log(close / closes[t - 1]!) ** 2;
      expect(Math.abs(rates[t]! - 2.3263478740408408 * Math.sqrt(variance))).toBeLessThan(1.01e-6);
    });
  }, 20_000);

  test('one path has binomial intervals of breaches, and no others', () => {
    const { flat, ...others } = resultOf(REAL, 'margins.historical={ rule: stress, moves: [0.1] }');
    expect(flat!['peak_to_trough']).toEqual({ value: 1, low: NaN, high: NaN });
    expect(flat!['call_30d']!.value).toBe(0);
    expect(flat!['breaches']!.low).toBeGreaterThan(0.005);
    expect(flat!['breaches']!.high).toBeLessThan(0.05);
    expect(others['historical']).toEqual(flat); // 10 %, too
    expect(others['cap']!['call_5d']!.value).toBeLessThan(others['ewma-97']!['call_5d']!.value);
    expect(others['notice-1d']!['mean_margin']!.value).not.toBe(others['ewma-97']!['mean_margin']!.value);
  }, 60_000);
});

describe('a path of margins', () => {
  test('knows the time between updates, and gives the requirement in force', () => {
    const margin = { rule: 'ewma-var', volatility: 0.01, decay: 0.5, horizon: '1 d', interval: '1 d' };
    const run = (over: object) => {
      const path = new MarginPath(marginSchema.parse({ ...margin, ...over }), () => undefined, 86_400e6);
      const rates = new Float64Array(6);
      path.run(Int32Array.of(10_000, 10_000, 11_000, 11_000, 11_000, 11_000), rates);
      return [...rates];
    };
    const now = run({});
    expect(now[2]).toBeGreaterThan(4 * now[1]!);
    const later = run({ notice: '2 d' });
    expect(later.slice(3)).toEqual(now.slice(1, 4));
    expect(later.slice(0, 3)).toEqual([now[0], now[0], now[0]]);
    expect(run({ recompute: 'each event' })).toEqual(now);
    expect(new MarginPath(marginSchema.parse(margin), () => undefined, 1e6).interval_us).toBe(86_400e6);
  });

  test.each([
    [3, 1.2166],
    [5, 1.562],
    [10, 2.6344],
  ])('jumps after %i sigma as published', (sigmas, published) => {
    expect(ewmaJump(0.94, sigmas)).toBeCloseTo(published, 4);
    expect(Math.abs(ewmaJump(0.94, sigmas) / Math.sqrt(0.94 + 0.06 * sigmas * sigmas) - 1)).toBeLessThan(
      1e-12,
    );
  });
});

describe('GARCH prices', () => {
  test('have the long-run variance, cluster, and follow from the seed', () => {
    const prices = new Int32Array(200_001);
    const settings = { alpha: 0.1, beta: 0.85, volatility: 0.001 };
    garchPrices(settings, 'x', prices);
    const returns = Array.from(prices.subarray(1), (price, i) => Math.log(price / prices[i]!));
    const squares = returns.map((r) => r * r);
    const mean = squares.reduce((sum, x) => sum + x) / squares.length;
    expect(mean / 1e-6).toBeGreaterThan(0.93);
    expect(mean / 1e-6).toBeLessThan(1.07);
    const autocovariance = (lag: number) =>
      squares.slice(lag).reduce((sum, x, i) => sum + (x - mean) * (squares[i]! - mean), 0) /
      squares.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    // ρ_1 = α (1 − αβ − β²) / (1 − 2αβ − β²) = 0.1787, then times α + β a lag (Bollerslev 1986)
    expect(autocovariance(1)).toBeCloseTo(0.1787, 1);
    expect(autocovariance(10) / autocovariance(1)).toBeCloseTo(0.95 ** 9, 1);
    const again = new Int32Array(200_001);
    garchPrices(settings, 'x', again);
    expect(again).toEqual(prices);
    garchPrices(settings, 'y', again);
    expect(again).not.toEqual(prices);
  });

  test('that leave the price axis are an error that says so', () => {
    expect(() => {
      garchPrices({ alpha: 0, beta: 0, volatility: 0.9 }, 'x', new Int32Array(1000));
    }).toThrow(/the price has left 1 … 1073741823 ticks; use a lower volatility/);
  });
});

test.each([
  [DRAWN, 'prices.garch.beta=0.92', 'procyclicality.prices.garch.beta: alpha + beta must be below 1'],
  [DRAWN, 'prices.garch.volatility=0', 'procyclicality.prices.garch.volatility: must be above 0 and below 1'],
  [DRAWN, 'horizon=36 h', 'procyclicality.horizon: must be a multiple of step'],
  [DRAWN, 'step=7 h', 'procyclicality.margins.ewma-94.interval: prices come every 25200 s: needs that'],
  [DRAWN, 'margins.floor.wrappers[0].rate=0.1', 'margins.floor.wrappers[0].lookback: there is a rate'],
  [DRAWN, 'margins={ }', 'procyclicality.margins: needs at least one margin'],
  [REAL, 'runs=2', 'procyclicality.prices: a history is one run; set runs to 1, not 2'],
  [REAL, 'steps=50000', 'procyclicality.burn_in: the history has 21373 prices, too few'],
  [REAL, 'prices.tick=1e-6', 'procyclicality.prices.history: a price of 3700.31 is 3700310000 ticks'],
  [REAL, 'prices.history=none.csv', 'procyclicality.prices.history: no such file'],
  [REAL, 'margins.flat.leverage=0.5', 'procyclicality.margins.flat.leverage: needs a number'],
])('%s with %s is refused: %s', (file, set, message) => {
  expect(() => read(file, set)).toThrow(message);
});
