/** Exact results of models of order flow, against sums and special cases that are known otherwise. */
import { describe, expect, test } from 'vitest';
import { leverageSpiral } from '../../src/models/leverage-spiral.ts';
import type { MakerSettings } from '../../src/models/market-maker/exact.ts';
import { makerMoments } from '../../src/models/market-maker/exact.ts';
import { splitterDiffusion, wholeParetoDiffusion } from '../../src/models/metaorders/splitters.ts';

describe('a maker with a horizon', () => {
  const paper: MakerSettings = {
    volatility: 2,
    decay: 1.5,
    intensity: 140,
    aversion: 0.1,
    horizon: 1,
    steps: 200,
  };

  test('earns and holds what simulations of the paper find', () => {
    const inventory = makerMoments(paper, 'inventory');
    expect(inventory.profit).toBeCloseTo(64.89, 2);
    expect(inventory.profitSd).toBeCloseTo(6.54, 2);
    expect(inventory.inventorySd).toBeCloseTo(2.93, 2);
  });

  test('who does not lean has fills that are independent: binomial moments', () => {
    const { profit, profitSd, inventorySd } = makerMoments(paper, 'symmetric');
    const half = 0.1 + Math.log(1 + 0.1 / 1.5) / 0.1;
    const p = 140 * Math.exp(-1.5 * half) * 0.005;
    const n = 200;
    expect(profit).toBeCloseTo(2 * n * p * half, 9);
    expect(inventorySd).toBeCloseTo(Math.sqrt(2 * n * p * (1 - p)), 9);
    // Spreads of 2n fills, and what is held after step i, of variance 2p(1 − p)i, times the steps of the middle.
    const variance = 2 * p * (1 - p) * (n * half * half + (4 * 0.005 * n * (n + 1)) / 2);
    expect(profitSd).toBeCloseTo(Math.sqrt(variance), 9);
  });

  test('with a single step: two coins', () => {
    const { profit, inventorySd } = makerMoments({ ...paper, intensity: 1, steps: 1 }, 'inventory');
    const half = 0.2 + Math.log(1 + 0.1 / 1.5) / 0.1;
    const p = Math.exp(-1.5 * half);
    expect(profit).toBeCloseTo(2 * p * half, 12);
    expect(inventorySd).toBeCloseTo(Math.sqrt(2 * p * (1 - p)), 12);
  });

  test.each([{ steps: 1.5 }, { aversion: 0 }, { volatility: NaN }])('refuses %o', (wrong) => {
    expect(() => makerMoments({ ...paper, ...wrong }, 'inventory')).toThrow(RangeError);
  });
});

describe('metaorders of whole lengths of Pareto’s law', () => {
  test('have a variance per order of c² at a square root, whatever the tail', () => {
    for (const tail of [1.1, 1.5, 1.8, 3]) expect(wholeParetoDiffusion(tail, 0.5)).toBeCloseTo(1, 9);
  });

  test('and of the second moment over the mean elsewhere', () => {
    // δ = 1, α = 4: E[L²] = Σ (2n − 1) n^−4 = 2ζ(3) − ζ(4), E[L] = ζ(4).
    const [three, four] = [1.2020569031595942, Math.PI ** 4 / 90];
    expect(wholeParetoDiffusion(4, 1)).toBeCloseTo((2 * three - four) / four, 8);
    expect(wholeParetoDiffusion(1.5, 0.25)).toBeLessThan(splitterDiffusion(1.5, 0.25).variancePerOrder);
    expect(wholeParetoDiffusion(1.2, 0.6)).toBe(Infinity);
  });
});

describe('a spiral of leverage', () => {
  test('makes a fall 1/(1 − φ) times as deep, and has no end from φ = 1 on', () => {
    expect(leverageSpiral(10, 0.05, 1)).toBeCloseTo(1.8182, 4);
    expect(leverageSpiral(10, 0.08, 1)).toBeCloseTo(3.5714, 4);
    expect(leverageSpiral(10, 1, 9)).toBe(Infinity);
    expect(leverageSpiral(1, 5, 1)).toBe(1);
    expect(() => leverageSpiral(0.5, 1, 1)).toThrow(RangeError);
  });
});
