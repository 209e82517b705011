// Counts in windows and autocorrelations: by hand, and against theory.
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { autocorrelation, metaorderAutocorrelation } from '../../../src/stats/intervals/autocorrelation.ts';
import {
  branchingFromDispersion,
  dispersionOf,
  hawkesDispersion,
  windowCounts,
} from '../../../src/stats/intervals/dispersion.ts';

test('events are counted in whole windows only', () => {
  expect([...windowCounts([0, 0.5, 1, 2.9, 3, 3.2, -1], 0, 3.1, 1)]).toEqual([2, 1, 1]);
  expect([...windowCounts([5], 0, 0.5, 1)]).toEqual([]);
  expect(() => windowCounts([], 0, 1, 0)).toThrow(/window/);
});

test('a Poisson process has dispersion 1, one with every event twice has 2', () => {
  const rng = createRng('poisson');
  const times: number[] = [];
  for (let t = 0; t < 20_000; t += rng.exponential(1)) times.push(t);
  expect(dispersionOf(windowCounts(times, 0, 20_000, 5))).toBeCloseTo(1, 1);
  expect(dispersionOf(windowCounts([...times, ...times], 0, 20_000, 5))).toBeCloseTo(2, 0);
  expect(dispersionOf([0, 0])).toBeNaN();
});

test('the Hawkes dispersion at the published settings, and its limits', () => {
  expect(hawkesDispersion(0.7, 1, 10)).toBeCloseTo(7.909, 3);
  expect(hawkesDispersion(0.7, 1, 100)).toBeCloseTo(10.774, 3);
  expect(hawkesDispersion(0, 1, 10)).toBe(1);
  expect(hawkesDispersion(0.7, 1, 1e-4)).toBeCloseTo(1, 3); // too short to see two events of a burst
  expect(branchingFromDispersion(hawkesDispersion(0.7, 1, 1e7))).toBeCloseTo(0.7, 6);
  expect(branchingFromDispersion(0.9)).toBe(0);
});

test('autocorrelation by hand, and where there is none', () => {
  expect(autocorrelation([1, 2, 3, 4], 0)).toBe(1);
  expect(autocorrelation([1, 2, 3, 4], 1)).toBeCloseTo(1.25 / 5, 12);
  expect(autocorrelation([1, -1, 1, -1], 1)).toBeCloseTo(-0.75, 12);
  expect(autocorrelation([2, 2, 2], 1)).toBeNaN();
  expect(autocorrelation([1, 2], 2)).toBeNaN();
  expect(() => autocorrelation([1, 2], 0.5)).toThrow(/lag/);
});

test('signs of metaorders have the published autocorrelation, and decay as a power', () => {
  expect(metaorderAutocorrelation(1.5, 1)).toBeCloseTo(0.617, 3);
  expect(metaorderAutocorrelation(1.5, 10)).toBeCloseTo(0.236, 3);
  expect(metaorderAutocorrelation(2, 1)).toBeCloseTo(1 - 6 / (Math.PI * Math.PI), 10);
  const slope = Math.log2(metaorderAutocorrelation(1.5, 20_000) / metaorderAutocorrelation(1.5, 10_000));
  expect(slope).toBeCloseTo(-0.5, 3);
});
