// The fitted generalised Poisson law: its likelihood equations, its intervals, and a test that can tell other laws.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { generalisedPoisson } from '../../../src/stats/intervals/generalised-poisson.ts';
import { hillInterval } from '../../../src/stats/intervals/hill.ts';
import { fitGeneralisedPoisson, goodnessOfFit, sizeSampler } from '../../../src/stats/intervals/tail-fit.ts';
import { cascade, coverage } from '../samples.ts';
import { LONG } from '../../setup/long.ts';

const draws = (seed: string, n: number, theta: number, m: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => cascade(rng, theta, m).total);
};

test('the fit is where the likelihood is highest', () => {
  const sizes = draws('highest', 200, 0.8, 0.7);
  const likelihood = (theta: number, m: number) => {
    const p = generalisedPoisson(theta, m, Math.max(...sizes));
    return sizes.reduce((sum, x) => sum + Math.log(p[x]!), 0);
  };
  const { theta, m } = fitGeneralisedPoisson(sizes);
  const best = likelihood(theta.value, m.value);
  for (const [dt, dm] of [
    [0.01, 0],
    [-0.01, 0],
    [0, 0.01],
    [0, -0.01],
  ] as const) {
    expect(likelihood(theta.value + dt, m.value + dm)).toBeLessThan(best);
  }
  // at the ends of m's interval the best θ's likelihood is lower by 1.96²/2
  for (const end of [m.low, m.high]) {
    let profile = -Infinity;
    for (let t = 0.2; t < 2; t += 0.001) profile = Math.max(profile, likelihood(t, end));
    expect(best - profile).toBeCloseTo(1.920729, 3);
  }
});

test('a Poisson sample, a constant one, one without cascades', () => {
  expect(fitGeneralisedPoisson([1, 1, 1, 1]).m).toMatchObject({ value: 0, low: 0 });
  const none = fitGeneralisedPoisson(new Float64Array(40));
  expect(none.theta).toMatchObject({ value: 0, low: 0 });
  expect(none.theta.high).toBeCloseTo(0.048, 3); // e^(−40 θ) = e^(−1.96²/2)
  expect(none.m.value).toBeNaN();
  expect(fitGeneralisedPoisson([]).theta.value).toBeNaN();
  expect(() => fitGeneralisedPoisson([1.5])).toThrow('size 1.5');
});

test('sizes drawn by inversion are those of the branching process', () => {
  const draw = sizeSampler(0.8, 0.8, createRng('inversion'));
  const sizes = Float64Array.from({ length: 20_000 }, draw);
  const share = (least: number) => sizes.filter((x) => x >= least).length / sizes.length;
  expect(Math.abs(1 - share(1) - 0.4493)).toBeLessThan(0.015);
  expect(Math.abs(share(10) - 0.1102)).toBeLessThan(0.009);
});

const PARAMETERS = [
  [0.8, 0.8, 40],
  [3, 0.8, 100],
  [0.5, 0.5, 100],
] as const;

describe.each(LONG ? PARAMETERS : PARAMETERS.slice(0, 1))('θ = %f, m = %f, n = %d', (theta, m, n) => {
  test('intervals cover', () => {
    for (const parameter of ['theta', 'm'] as const) {
      const covers = coverage(
        600,
        `fit ${parameter} ${theta} ${m}`,
        n,
        { theta, m }[parameter],
        (rng) =>
          fitGeneralisedPoisson(Float64Array.from({ length: n }, () => cascade(rng, theta, m).total))[
            parameter
          ],
      );
      expect(covers, parameter).toBeGreaterThan(92);
      expect(covers, parameter).toBeLessThan(98);
    }
  });
});

describe('goodness of fit', () => {
  test('the law itself is rejected in about 5 % of batches', () => {
    let rejected = 0;
    for (let i = 0; i < 200; i++) {
      const { p_value } = goodnessOfFit(draws(`fits ${i}`, 100, 0.8, 0.8), { seed: `g${i}`, resamples: 99 });
      if (p_value <= 0.05) rejected++;
    }
    expect(rejected).toBeLessThan(22); // 11 %
  });

  test('cascades that stop at 20 accounts, as where the engine is halted, are told from it at 1,000 runs', () => {
    const sizes = draws('halted', 1000, 0.8, 0.8).map((x) => Math.min(20, x));
    const { p_value, df, chi_squared } = goodnessOfFit(sizes, { seed: 'g' });
    expect(p_value).toBe(1 / 200);
    expect(df).toBeGreaterThan(10);
    expect(chi_squared).toBeGreaterThan(2 * df);
  });

  test('too few runs for classes have no p-value', () => {
    expect(goodnessOfFit([0, 1, 0, 2, 0], { seed: '' }).p_value).toBeNaN();
    expect(goodnessOfFit([], { seed: '' }).p_value).toBeNaN();
  });
});

describe('the tail index', () => {
  test('by hand: three values above a threshold of 1', () => {
    const { value } = hillInterval([0.5, 1, Math.E, -Math.E, Math.E, 0.1], 0.5);
    expect(value).toBeCloseTo(1, 12);
  });

  test('of a Pareto tail is covered by its interval', () => {
    const covers = coverage(1500, 'hill', 400, 1.7, (rng) =>
      hillInterval(
        Float64Array.from({ length: 400 }, () => rng.pareto(1, 1.7)),
        0.1,
      ),
    );
    expect(covers).toBeGreaterThan(93);
    expect(covers).toBeLessThan(97);
  });

  test('without a tail there is no index', () => {
    expect(hillInterval([1, 1, 1, 1], 0.5).value).toBeNaN();
    expect(hillInterval([1, 2, 3], 0.4).value).toBeNaN();
    expect(() => hillInterval([1, 2], 1)).toThrow(/share/);
  });
});
