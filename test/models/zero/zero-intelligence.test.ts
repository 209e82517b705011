// The zero-intelligence market through the real book (V4 of the validation experiments), on a small scale.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { ZeroIntelligenceSettings } from '../../../src/models/zero/zero-intelligence.ts';
import { ZeroIntelligence } from '../../../src/models/zero/zero-intelligence.ts';
import { meanInterval } from '../../../src/stats/intervals/mean.ts';

const SEED = 'zero-intelligence';

/** ε and p_c in ticks, with μ = 0.2; a run of `lives` mean lives of an order. */
function settings(
  epsilon: number,
  ticks: number,
  lives: number,
  over: Partial<ZeroIntelligenceSettings> = {},
) {
  const delta = epsilon / 10;
  return {
    limit_rate: 0.1 / ticks,
    market_rate: 0.1,
    cancel_rate: delta,
    lots: 1,
    window: 10 * ticks,
    warm_up: 10 / delta,
    time: lives / delta,
    ...over,
  };
}

function spreads(count: number, of: ZeroIntelligenceSettings): number[] {
  const model = new ZeroIntelligence(of);
  return Array.from({ length: count }, (_, run) => {
    model.run(expandSeed(`${SEED}/${run}`));
    return model.result.area[0]! / model.result.quoted[0]!;
  });
}

describe('the mean spread', () => {
  test.each([
    [0.2, 0.761, 60, 300],
    [0.02, 0.493, 30, 60],
  ])('at ε = %d is %d p_c', (epsilon, target, count, lives) => {
    const ticks = 500;
    const { value, low, high } = meanInterval(spreads(count, settings(epsilon, ticks, lives)));
    expect(Math.abs(value / ticks - target), `seed ${SEED}`).toBeLessThan(0.015);
    expect((high - low) / ticks).toBeLessThan(0.015);
  });

  test('does not depend on the window beyond a few p_c', () => {
    const [near, far] = [5, 20].map((window) =>
      meanInterval(spreads(40, settings(0.05, 500, 100, { window: window * 500 }))),
    );
    expect(Math.abs(near!.value - far!.value) / 500, `seed ${SEED}`).toBeLessThan(0.015);
  });

  test('is the same, in ticks, for orders of any size', () => {
    const of = settings(0.1, 500, 20);
    expect(spreads(2, { ...of, lots: 7 })).toEqual(spreads(2, of));
  });

  test('is one tick where a tick is much more than p_c', () => {
    const of = settings(0.02, 0.01, 20, { window: 10 });
    for (const spread of spreads(3, of)) expect(spread).toBeLessThan(1.01);
  });
});

describe('a run', () => {
  const of = settings(0.1, 500, 20);

  test('depends on its seed only, to the last byte', () => {
    const model = new ZeroIntelligence(of);
    const hashes = ['a', 'b', 'a'].map((key) => {
      model.run(expandSeed(key));
      return model.hash();
    });
    expect(hashes[2]).toBe(hashes[0]);
    expect(hashes[1]).not.toBe(hashes[0]);
    const fresh = new ZeroIntelligence(of);
    fresh.run(expandSeed('a'));
    expect(fresh.hash()).toBe(hashes[0]);
  });

  test('holds the depth that is placed and not cancelled, less what trades', () => {
    const model = new ZeroIntelligence(settings(0.1, 500, 5));
    let resting = 0;
    for (let run = 0; run < 100; run++) {
      model.run(expandSeed(`${SEED}/${run}`));
      model.book.assertUncrossed(0);
      resting += model.book.restingOrders;
    }
    // In balance arrivals 2·(α/σ)·window − trades 2·μ/2σ = δ·N, in orders: N = (2·10 − 2)·μ/2σδ = 18 · 10.
    expect(Math.abs(resting / 100 - 180), `seed ${SEED}`).toBeLessThan(4 * Math.sqrt(200 / 100));
  });

  test('measures all of the time after the warm-up', () => {
    const model = new ZeroIntelligence(of);
    model.run(expandSeed('d'));
    const { measured, quoted, time } = model.result;
    expect(measured[0]).toBeCloseTo(of.time, -1);
    expect(quoted[0]! / measured[0]!).toBeCloseTo(1, 9);
    expect(time[0]).toBeGreaterThanOrEqual(of.warm_up + of.time);
  });
});
