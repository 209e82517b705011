// The posterior that comes with the package: draws that the stress test can be run on.
import { expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { marketsSetup } from '../../../src/design/markets/setup.ts';
import { effectiveSize } from '../../../src/stats/abc/weighted.ts';

const file = new URL('../../../experiments/lcst.yaml', import.meta.url).pathname;

test('has at least 40 draws of equal weight, inside their ranges, whose settings the stress test has', () => {
  const experiment = readExperiment(file, { sets: ['markets.posterior=posterior'] });
  const { block, markets } = marketsSetup(experiment);
  const { draws, parameters } = block.read;
  const weights = draws.map(({ weight }) => weight);
  expect(effectiveSize(weights)).toBeGreaterThan(40);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
  for (const { changes } of draws) {
    expect(Object.keys(changes)).toEqual(parameters.map(({ path }) => path));
    for (const { path, low, high } of parameters) {
      const value = Number.parseFloat(String(changes[path]));
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
  }
  expect(markets).toHaveLength(40);
  // The one that is farthest from what was observed.
  const last = Object.entries(draws.at(-1)!.changes).map(([path, value]) => `${path}=${value}`);
  expect(() => readExperiment(file, { sets: last })).not.toThrow();
});
