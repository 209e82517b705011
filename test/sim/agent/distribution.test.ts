// Parameters that differ between agents: the mean of each law, and its cut at both ends.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Distribution } from '../../../src/sim/agent/distribution.ts';
import { draw } from '../../../src/sim/agent/distribution.ts';

const N = 40_000;

function sample(distribution: Distribution): number[] {
  const rng = createRng(JSON.stringify(distribution));
  return Array.from({ length: N }, () => draw(distribution, rng));
}

test.each<[Distribution, number, number]>([
  [{ kind: 'constant', value: 7 }, 7, 0],
  [{ kind: 'uniform', low: 2, high: 8 }, 5, Math.sqrt(3)],
  [{ kind: 'normal', mean: -3, sd: 2 }, -3, 2],
  [
    { kind: 'lognormal', mu: 1, sigma: 0.5 },
    Math.exp(1.125),
    Math.exp(1.125) * Math.sqrt(Math.exp(0.25) - 1),
  ],
  [{ kind: 'exponential', mean: 4 }, 4, 4],
  [{ kind: 'pareto', least: 2, alpha: 5 }, 2.5, Math.sqrt(20 / 48)],
  [{ kind: 'choice', values: [1, 2, 6] }, 3, Math.sqrt(14 / 3)],
])('%o has a mean of %d', (distribution, mean, sd) => {
  const found = sample(distribution).reduce((sum, value) => sum + value, 0) / N;
  expect(Math.abs(found - mean)).toBeLessThanOrEqual((4 * sd) / Math.sqrt(N));
});

describe('a cut law', () => {
  test('has its draws beyond the ends at the ends', () => {
    const values = sample({ kind: 'normal', mean: 0, sd: 1, min: -1, max: 0.5 });
    expect([Math.min(...values), Math.max(...values)]).toEqual([-1, 0.5]);
    const share = (at: number) => values.filter((value) => value === at).length / N;
    expect(share(-1)).toBeCloseTo(0.1587, 2); // P(Z < −1)
    expect(share(0.5)).toBeCloseTo(0.3085, 2); // P(Z > 0.5)
  });
});
