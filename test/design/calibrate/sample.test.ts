// A sample of a market: pooled days, and what purchases and sales do to a book whose answer is known.
import { afterAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketExperiment } from '../../../src/models/experiment.ts';
import { readExperiment } from '../../../src/models/experiment.ts';
import { momentIn, moments } from '../../../src/scorecard/facts/moments.ts';
import { sampleOf } from '../../../src/lab/scorecard/sample.ts';
import { observeRun, STRETCH_S, WARM_UP_S } from '../../../src/lab/scorecard/facts-task.ts';
import { createRng } from '../../../src/core/rng.ts';
import { pooledCorrelation } from '../../../src/stats/facts/pooled-correlation.ts';

const folder = mkdtempSync(join(tmpdir(), 'sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** 50 lots of 0.01 X a tick at 60,000: 30,000 USDT a tick that nobody puts back. */
const file = join(folder, 'market.yaml');
writeFileSync(
  file,
  `
question: How far does a book that nobody refills move?
seed: sample
until: ${WARM_UP_S + STRETCH_S} s
runs: 1
market:
  instruments:
    - { name: X, tick: 1 USDT, lot: 0.01 X, price: 60000, book: { flat: { lots_per_tick: 50, ticks: 5000 } } }
population:
  - { kind: taker, count: 1, params: { gap: 20 s, least: 1000 USDT, most: 2000 USDT } }
policies: { none: { margin: { rule: flat, leverage: 5 } } }
`,
);
const experiment = readExperiment(file) as MarketExperiment;
const moment = (name: string) => moments.find((one) => one.name === name)!;

describe('a sample', () => {
  const sample = sampleOf(experiment, 3, { days: 2, probed: true });

  test('has the stretches of its days, each on luck of its own, as that luck alone gives them', () => {
    expect(sample.blocks).toHaveLength(2);
    const days = [0, 1].map((day) => observeRun({ ...experiment, seed: 'sample/3' }, day).blocks[0]!);
    expect(sample.blocks).toEqual(days);
    expect(days[0]!.trade_s).not.toEqual(days[1]!.trade_s);
    expect(momentIn(sample, moment('trade_rate'))).toBeGreaterThan(0);
  });

  test('tells how far 10 million move the price: 333 ticks of the best price, half of it the middle, for good', () => {
    // 27.8 of 10,000, less by what the price has moved when values turn into lots.
    expect(momentIn(sample, moment('impact_of_10_million'))).toBeCloseTo(27.8, 0);
    expect(momentIn(sample, moment('impact_left'))).toBeCloseTo(1, 1);
    expect(momentIn(sample, moment('impact_exponent'))).toBeGreaterThan(0.95);
    expect(momentIn(sample, moment('impact_exponent'))).toBeLessThan(1.05);
  });

  test('without a look at impacts has none, and facts all the same', () => {
    const quiet = sampleOf(experiment, 3, { days: 1, probed: false });
    expect(momentIn(quiet, moment('impact_exponent'))).toBeNaN();
    expect(quiet.blocks[0]).toEqual(sample.blocks[0]);
  });
});

test('clustering about the mean of one day is too small by what the day’s own level makes; pooled days tell it', () => {
  // Sizes whose level changes from day to day and not within it: half of the variance is the level, so that the
  // correlation at every lag is 1/2 over days, and 0 as it looks within one.
  const rng = createRng('days');
  const day = (): Float64Array => {
    const level = rng.normal();
    return Float64Array.from({ length: 240 }, () => level + rng.normal());
  };
  const days = Array.from({ length: 600 }, day);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const of = (count: number): number =>
    mean(
      Array.from({ length: 600 / count }, (_, i) =>
        pooledCorrelation(days.slice(i * count, (i + 1) * count), 100),
      ),
    );
  expect(Math.abs(of(1))).toBeLessThan(0.02);
  expect(of(3)).toBeGreaterThan(0.2);
  expect(of(600)).toBeCloseTo(0.5, 1);
});
