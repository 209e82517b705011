// The order book race through the real book (V1 of the validation experiments), against the exact chains.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { BookRaceSettings } from '../../../src/models/book-race/world.ts';
import { BookRace } from '../../../src/models/book-race/world.ts';
import { limitRate, limitRateWithin } from '../../../src/models/poisson/poisson-rates.ts';
import type { BookRaceRates } from '../../../src/models/book-race/exact.ts';
import {
  fillProbability,
  makeSpreadProbability,
  upProbability,
} from '../../../src/models/book-race/exact.ts';

const SEED = 'book-race';
const RUNS = 10_000;

/** Cont, Stoikov and Talreja's rates, per minute. */
const TOKYO = {
  limit_rates: [1.85, 1.51, 1.09, 0.88, 0.77],
  limit_beyond: { rate: 1.92, exponent: 0.52 },
  cancel_rates: [0.71, 0.81, 0.68, 0.56, 0.47],
  cancel_beyond: 0.47,
  market_rate: 0.94,
};

function shares(runs: number, settings: BookRaceSettings): [up: number, fill: number, make: number] {
  const model = new BookRace(settings);
  const sums: [number, number, number] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    model.run(expandSeed(`${SEED}/${run}`));
    sums[0] += model.result.up[0]!;
    sums[1] += model.result.fill[0]!;
    sums[2] += model.result.make[0]!;
  }
  return [sums[0] / runs, sums[1] / runs, sums[2] / runs];
}

describe('the three probabilities are the exact ones', () => {
  // Rates at the spread and inside of it, written out: λ(S), θ(S), Λ = λ(1) + … + λ(S − 1).
  test.each<[string, number, number, number, Omit<BookRaceRates, 'market'>]>([
    ['bid 1, ask 1, spread 1', 1, 1, 1, { join: 1.85, cancel: 0.71, inside: 0 }],
    ['bid 3, ask 1, spread 1', 3, 1, 1, { join: 1.85, cancel: 0.71, inside: 0 }],
    ['bid 2, ask 5, spread 1', 2, 5, 1, { join: 1.85, cancel: 0.71, inside: 0 }],
    ['bid 1, ask 2, spread 2', 1, 2, 2, { join: 1.51, cancel: 0.81, inside: 1.85 }],
    ['bid 1, ask 3, spread 4', 1, 3, 4, { join: 0.88, cancel: 0.56, inside: 4.45 }],
    ['bid 1, ask 9, spread 6', 1, 9, 6, { join: 1.92 / 6 ** 0.52, cancel: 0.47, inside: 6.1 }],
  ])('%s', (_name, bid, ask, spread, at) => {
    const rates = { ...at, market: TOKYO.market_rate };
    const exact = [
      upProbability(rates, bid, ask),
      fillProbability(rates, bid, ask),
      makeSpreadProbability(rates, bid, ask),
    ];
    shares(RUNS, { ...TOKYO, bid, ask, spread }).forEach((share, i) => {
      const p = exact[i]!;
      const error = Math.sqrt((p * (1 - p)) / RUNS);
      expect(Math.abs(share - p), `${['up', 'fill', 'make'][i]} of seed ${SEED}`).toBeLessThan(
        4 * error + 1 / RUNS,
      );
    });
  });
});

test('rates go on where their list ends', () => {
  expect([1, 5, 6, 30].map((i) => limitRate(TOKYO, i))).toEqual([
    1.85,
    0.77,
    expect.closeTo(1.92 / 6 ** 0.52, 12),
    expect.closeTo(1.92 / 30 ** 0.52, 12),
  ]);
  expect(limitRateWithin(TOKYO, 0)).toBe(0);
  expect(limitRateWithin(TOKYO, 5)).toBeCloseTo(6.1, 12);
});

describe('a run', () => {
  test('depends on its seed only, not on the run before', () => {
    const model = new BookRace({ ...TOKYO, bid: 2, ask: 2, spread: 1 });
    const once = (key: string) => {
      model.run(expandSeed(key));
      return structuredClone(model.result);
    };
    const first = once('a');
    const others = ['b', 'c', 'd', 'e'].map(once);
    expect(once('a')).toEqual(first);
    expect(new Set(others.map(({ events }) => events[0])).size).toBeGreaterThan(1);
  });

  test('never cancels the orders that are kept: alone in their queues, all that can end them is a trade', () => {
    // Nobody trades, so nothing fills; the middle moves when the ask queue, or an order inside, does.
    const [, fill, make] = shares(500, { ...TOKYO, market_rate: 0, bid: 1, ask: 1, spread: 2 });
    expect([fill, make]).toEqual([0, 0]);
  });

  test('counts a fill that empties the queue as one before the move', () => {
    // Hardly anybody else is there: the bid fills, or the ask queue is empty, and each is as likely.
    const lonely = {
      limit_rates: [1e-9],
      limit_beyond: { rate: 0, exponent: 0 },
      cancel_rates: [1e-9],
      cancel_beyond: 1e-9,
      market_rate: 1,
    };
    const [up, fill, make] = shares(4000, { ...lonely, bid: 1, ask: 1, spread: 1 });
    for (const share of [up, fill]) expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 4000));
    expect(make).toBe(0); // the first fill moves the middle
  });
});
