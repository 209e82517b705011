// Trials of estimators as an experiment: what is refused, the record of batches, and the laws that data are drawn from.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { lawOf, sample } from '../../../src/stats/trials/laws.ts';
import type { LawSettings } from '../../../src/stats/trials/laws.ts';
import { trialOf, trialSchema } from '../../../src/stats/trials/index.ts';
import { readExperiment } from '../../../src/models/experiment.ts';
import { estimators } from '../../../src/models/estimators/runs.ts';
import { momentsOf } from '../../../src/stats/intervals/moments.ts';

const FILE = 'experiments/validation/coverage.yaml';

function read(...sets: string[]) {
  const experiment = readExperiment(FILE, { sets });
  if (experiment.model !== 'estimators') throw new Error('no estimators');
  return experiment;
}

describe('laws have the moments, tails and quantiles that they state', () => {
  const laws: readonly LawSettings[] = [
    { cascade: { theta: 0.8, m: 0.5 } },
    { lognormal: 0.5 },
    { bernoulli: 0.1 },
    { normal: 2 },
  ];
  test.each(laws)('%j', (settings) => {
    const law = lawOf(settings);
    const values = sample(law, 40_000, createRng('laws'));
    const { mean, sd } = momentsOf(values);
    expect(Math.abs(mean - law.mean)).toBeLessThan((5 * law.sd) / 200);
    expect(sd / law.sd).toBeCloseTo(1, 1);
    const below = (x: number) => values.filter((value) => value <= x).length / values.length;
    expect(below(law.quantile(0.9))).toBeGreaterThan(0.89);
    const tail = law.tail(1);
    if (!Number.isNaN(tail)) expect(1 - below(0.5)).toBeCloseTo(tail, 1);
  });
});

test('a batch is the same batch every time, and says whether it held the truth', () => {
  const experiment = read();
  const rowsOf = () => {
    const rows: unknown[][] = [];
    const runner = estimators.prepare(experiment, 0);
    for (let run = 0; run < 5; run++) runner.run(run, (_table, row) => rows.push([...row]));
    return rows;
  };
  expect(rowsOf()).toEqual(rowsOf());
  for (const [, , value, low, high, held] of rowsOf() as [string, number, number, number, number, number][]) {
    expect(low <= value && value <= high).toBe(true);
    expect(held).toBe(low <= 4 && 4 <= high ? 1 : 0);
  }
});

test('of runs under way at once, a prefix of their numbers is not biased, the first to finish are', () => {
  const mean = (counted: string) => {
    const trial = trialOf(
      trialSchema.parse({
        estimator: 'stopping',
        law: { cascade: { theta: 0.9, m: 0.9 } },
        workers: 64,
        delay: 5,
        checkpoints: [200],
        until: 1,
        counted,
      }),
    );
    const rng = createRng('stopping');
    let sum = 0;
    for (let i = 0; i < 200; i++) sum += trial.estimate(rng, '').value;
    return sum / 200;
  };
  expect(Math.abs(mean('prefix') - 9)).toBeLessThan(0.8);
  expect(mean('first-finished')).toBeLessThan(4);
});

test.each([
  ['estimators.trials.mean-cascade-n40.estimator=meen', 'estimators.trials.mean-cascade-n40.estimator'],
  ['estimators.trials.mean-cascade-n40.n=1', 'estimators.trials.mean-cascade-n40.n'],
  ['estimators.trials.mean-cascade-n40.law.cascade.m=1', 'estimators.trials.mean-cascade-n40.law'],
  ['estimators.trials={ }', 'estimators.trials: needs at least one trial'],
])('%s is refused in one line', (set, message) => {
  expect(() => read(set)).toThrow(message);
});
