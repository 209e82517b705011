// Queue depletion through the real book (V3 of the validation experiments), on a small scale.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { DepletionSettings } from '../../../src/models/depletion/world.ts';
import { QueueDepletion } from '../../../src/models/depletion/world.ts';
import type { RefillLaw } from '../../../src/models/depletion/refill.ts';
import { pairsOf, refillOf } from '../../../src/models/depletion/refill.ts';
import { directedWalk, mixedRace } from '../../../src/models/depletion/directed-walk.ts';
import { meanInterval } from '../../../src/stats/intervals/mean.ts';
import { queueRace } from '../../../src/models/depletion/queue-race.ts';
import { varianceRate } from '../../../src/models/depletion/variance-rate.ts';

const SEED = 'depletion';
const uniform: RefillLaw = { uniform: [1, 5] };

function settings(over: Partial<DepletionSettings>): DepletionSettings {
  return {
    arrival_rate: 0.9,
    removal_rate: 1,
    bid: 3,
    ask: 3,
    refill_up: uniform,
    refill_down: uniform,
    moves: 100,
    orders: 65_536,
    ...over,
  };
}

type Row = Record<keyof QueueDepletion['result'], number>;

function runs(count: number, over: Partial<DepletionSettings>): Row[] {
  const model = new QueueDepletion(settings(over));
  return Array.from({ length: count }, (_, run) => {
    model.run(expandSeed(`${SEED}/${run}`));
    return Object.fromEntries(
      Object.entries(model.result).map(([name, column]) => [name, column[0]!]),
    ) as Row;
  });
}

const sum = (rows: readonly Row[], name: keyof Row) => rows.reduce((total, row) => total + row[name], 0);
const column = (rows: readonly Row[], name: keyof Row) => rows.map((row) => row[name]);

describe('the first move', () => {
  const N = 20_000;

  test.each([
    [1, 0.5],
    [2, 0.3023],
    [5, 0.1271],
  ])('from bid 1, ask %d at balanced rates is up with probability %d', (ask, p) => {
    const rows = runs(N, { arrival_rate: 1, bid: 1, ask, moves: 1 });
    expect(Math.abs(sum(rows, 'first_up') / N - p), `seed ${SEED}`).toBeLessThan(
      4 * Math.sqrt((p * (1 - p)) / N),
    );
    expect(
      rows.every(
        ({ moves, cycles, time, first_duration }) => moves === 1 && cycles === 0 && time === first_duration,
      ),
    ).toBe(true);
  });

  test.each([
    [1, 1.374],
    [5, 16.57],
  ])('from (%d, same) at λ = .9 takes %d on average', (queue, duration) => {
    const { up, down } = queueRace(0.9, 1, queue, queue);
    const sd = Math.sqrt(up[2] + down[2] - duration * duration);
    const rows = runs(N, { bid: queue, ask: queue, moves: 1 });
    const { value } = meanInterval(column(rows, 'first_duration'));
    expect(Math.abs(value - duration), `seed ${SEED}`).toBeLessThan((4 * sd) / Math.sqrt(N));
  });
});

describe('over many moves', () => {
  test.each<[string, RefillLaw, RefillLaw]>([
    ['independent', uniform, uniform],
    ['going on, up more than down', { pairs: [[5, 1, 3], [2, 2, 1]] }, { pairs: [[1, 5, 2], [3, 3, 1]] }], // prettier-ignore
    ['turning', { fixed: [1, 4] }, { fixed: [4, 1] }],
  ])('%s: directions, durations and variance are those of theory', (_name, refill_up, refill_down) => {
    const rows = runs(2000, { refill_up, refill_down });
    const after = (law: RefillLaw) =>
      mixedRace(pairsOf(law).map(([bid, ask, weight]) => ({ weight, race: queueRace(0.9, 1, bid, ask) })));
    const walk = directedWalk(after(refill_up), after(refill_down));
    const counted = sum(rows, 'counted');
    expect(counted).toBeGreaterThanOrEqual(2000 * 100);
    const near = (value: number, target: number, share: number) => {
      expect(Math.abs(value / target - 1), `seed ${SEED}`).toBeLessThan(share);
    };
    near(sum(rows, 't') / counted, walk.duration, 0.03);
    near(sum(rows, 'continued') / counted, walk.continue, 0.015);
    near(sum(rows, 'continued_up') / sum(rows, 'ups'), walk.continue_up, 0.02);
    const names = ['x', 't', 'xx', 'xt', 'tt'] as const;
    const sums = Object.fromEntries(names.map((name) => [name, column(rows, name)])) as Record<
      (typeof names)[number],
      number[]
    >;
    const { value, low, high } = varianceRate(sums);
    near(value, walk.variance, 0.05);
    expect(low).toBeLessThan(value);
    expect(high - low).toBeLessThan(0.1 * value);
  });

  test('the variance is not the number of moves per unit of time when they go on', () => {
    const walk = directedWalk(queueRace(0.9, 1, 5, 1), queueRace(0.9, 1, 1, 5));
    expect(walk.variance * walk.duration).toBeGreaterThan(5);
  });
});

describe('a run', () => {
  test('depends on its seed only, not on the run before', () => {
    const model = new QueueDepletion(settings({}));
    const once = (key: string) => {
      model.run(expandSeed(key));
      return structuredClone(model.result);
    };
    const first = once('a');
    const other = once('b');
    expect(once('a')).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('leaves two queues, one tick apart, where the moves have led', () => {
    const model = new QueueDepletion(settings({ moves: 50 }));
    model.run(expandSeed('c'));
    const { book } = model;
    expect(book.bestBid(0)).toBe(model.result.bid[0]);
    expect(book.bestAsk(0)).toBe(book.bestBid(0) + 1);
    expect(book.lotsAt(0, 0, book.bestBid(0))).toBeLessThanOrEqual(5);
    expect(book.restingOrders).toBe(2);
  });

  test('whose queues outgrow the table of orders says which setting to raise', () => {
    const rows = () => runs(200, { arrival_rate: 1, bid: 5, ask: 5, orders: 16 });
    expect(rows).toThrow(/capacity\.orders/);
  });

  test('ends though the first move goes where no other does', () => {
    const down: RefillLaw = { fixed: [1, 60] };
    const [row] = runs(1, { bid: 60, ask: 1, refill_up: down, refill_down: down });
    expect(row!.first_up).toBe(1);
    expect(row!.x).toBe(-row!.counted);
  });
});

test('refill laws draw pairs as often as their weights say', () => {
  const law = refillOf({ pairs: [[1, 2, 1], [3, 4, 0], [5, 6, 3]] }); // prettier-ignore
  const rng = createRng(SEED);
  const seen = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    law.draw(rng);
    const key = `${law.bid},${law.ask}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  expect([...seen.keys()].sort()).toEqual(['1,2', '5,6']);
  expect(Math.abs(seen.get('1,2')! / 20_000 - 0.25), `seed ${SEED}`).toBeLessThan(
    4 * Math.sqrt(0.1875 / 20_000),
  );
  expect(pairsOf({ uniform: [2, 3] })).toEqual([[2, 2, 1], [2, 3, 1], [3, 2, 1], [3, 3, 1]]); // prettier-ignore
});
