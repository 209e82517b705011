// The stationary book of Poisson orders through the real book (V2 of the validation experiments), on a small scale.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import type { StationaryBookSettings } from '../../../src/models/stationary-book/world.ts';
import { StationaryBook } from '../../../src/models/stationary-book/world.ts';
import { momentsOf } from '../../../src/stats/intervals/moments.ts';
import type { NaiveAverages } from '../poisson/naive-poisson-book.ts';
import { naiveStationaryBook } from '../poisson/naive-poisson-book.ts';

/** Cont, Stoikov and Talreja's rates, per minute. */
const TOKYO: StationaryBookSettings = {
  limit_rates: [1.85, 1.51, 1.09, 0.88, 0.77],
  limit_beyond: { rate: 1.92, exponent: 0.52 },
  cancel_rates: [0.71, 0.81, 0.68, 0.56, 0.47],
  cancel_beyond: 0.47,
  market_rate: 0.94,
  placement_ticks: 30,
  warm_up: 100,
  time: 2000,
};

function averages(model: StationaryBook, seed: string): NaiveAverages {
  model.run(expandSeed(seed));
  const { spread, one, moves, quoted, measured } = model.result;
  return {
    spread: spread[0]! / quoted[0]!,
    one: one[0]! / quoted[0]!,
    depth: Array.from(model.depth.area, (area) => area / (2 * quoted[0]!)),
    moves: moves[0]! / measured[0]!,
    quoted: quoted[0]! / measured[0]!,
  };
}

const flat = ({ spread, one, depth, moves, quoted }: NaiveAverages) => [spread, one, ...depth, moves, quoted];

describe('in the long run', () => {
  test('spread, depth and moves are those that are published', () => {
    const model = new StationaryBook(TOKYO);
    const runs = Array.from({ length: 16 }, (_, run) => flat(averages(model, `stationary/${run}`)));
    const targets = [1.356, 0.742, 1.575, 1.638, 1.576, NaN, NaN, 2.54, 1];
    targets.forEach((target, i) => {
      const { mean, sd } = momentsOf(runs.map((run) => run[i]!));
      if (!Number.isNaN(target)) expect(Math.abs(mean - target)).toBeLessThan(4.5 * (sd / 4) + 0.003);
    });
    expect(model.result.events[0]).toBeGreaterThan(60 * TOKYO.time);
  });

  test.each([0, 1, 2, 3])('they are those of a naive book of counts, at rates drawn from seed %d', (seed) => {
    const rng = createRng(`rates/${seed}`);
    const rate = (least: number, most: number) => least + (most - least) * rng.uniform();
    const settings: StationaryBookSettings = {
      limit_rates: Array.from({ length: 1 + rng.below(3) }, () => rate(0.2, 2)),
      limit_beyond: { rate: rate(0, 2), exponent: rate(0, 1.5) },
      cancel_rates: Array.from({ length: 1 + rng.below(4) }, () => rate(0.3, 1.5)),
      cancel_beyond: rate(0.3, 2),
      market_rate: rate(0, 2),
      placement_ticks: 1 + rng.below(6),
      warm_up: 20,
      time: 300,
    };
    const model = new StationaryBook(settings);
    const count = 40;
    const found = Array.from({ length: count }, (_, run) => flat(averages(model, `${seed}/${run}`)));
    const naive = Array.from({ length: count }, (_, run) =>
      flat(naiveStationaryBook(settings, `naive/${seed}/${run}`)),
    );
    found[0]!.forEach((_, i) => {
      const a = momentsOf(found.map((run) => run[i]!));
      const b = momentsOf(naive.map((run) => run[i]!));
      const error = Math.sqrt((a.sd * a.sd + b.sd * b.sd) / count);
      expect(Math.abs(a.mean - b.mean), `average ${i} at ${JSON.stringify(settings)}`).toBeLessThan(
        4.5 * error + 1e-9,
      );
    });
  });
});

describe('a run', () => {
  const short = { ...TOKYO, warm_up: 5, time: 50 };

  test('depends on its seed only, to the last byte', () => {
    const model = new StationaryBook(short);
    const hashes = ['a', 'b', 'a'].map((key) => {
      model.run(expandSeed(key));
      return model.hash();
    });
    expect(hashes[2]).toBe(hashes[0]);
    expect(hashes[1]).not.toBe(hashes[0]);
    const fresh = new StationaryBook(short);
    fresh.run(expandSeed('a'));
    expect(fresh.hash()).toBe(hashes[0]);
  });

  test('ends with an uncrossed book, whose depth is what was counted last', () => {
    const model = new StationaryBook(short);
    for (let run = 0; run < 20; run++) {
      model.run(expandSeed(`c/${run}`));
      const { book } = model.flow;
      book.assertUncrossed(0);
      const [bid, ask] = [book.bestBid(0), book.bestAsk(0)];
      const depth = Array.from(
        model.depth.orders,
        (_, i) => book.lotsAt(0, 0, ask - i - 1) + book.lotsAt(0, 1, bid + i + 1),
      );
      expect(Array.from(model.depth.orders)).toEqual(depth);
    }
  });

  test('measures all of the time after the warm-up, and only that', () => {
    const model = new StationaryBook(short);
    model.run(expandSeed('d'));
    const { measured, time } = model.result;
    expect(measured[0]).toBeCloseTo(50, 0);
    expect(time[0]).toBeGreaterThanOrEqual(55);
    expect(model.result.quoted[0]).toBeCloseTo(measured[0]!, 9);
  });
});
