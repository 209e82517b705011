// The policy search: that it finds known frontiers, that it can be repeated, and what it does with whole numbers and ties.
import { describe, expect, test } from 'vitest';
import type { Parameter, Point } from '../../../src/design/points/space.ts';
import { checkPoint, pointAt, readSpace, setsOf } from '../../../src/design/points/space.ts';
import { beats, finalistsOf, frontOf } from '../../../src/design/tune/front.ts';
import { Search } from '../../../src/design/tune/search.ts';

const unit = (...paths: string[]): Parameter[] =>
  paths.map((path) => ({ path, low: 0, high: 1, unit: '', scale: 'linear', whole: false }));

function searched(
  space: readonly Parameter[],
  objectives: (point: Point) => readonly number[],
  budget: number,
): Search {
  const search = new Search(space, objectives(pointAt(space, space.map(() => 0.5))).length, budget, 'seed'); // prettier-ignore
  for (let done = 0; done < budget;) {
    const points = search.ask(Math.min(5, budget - done));
    if (points.length === 0) break;
    for (const point of points) search.tell({ point, values: objectives(point) });
    done += points.length;
  }
  return search;
}

describe('the search', () => {
  test('of one objective comes near its least value: Branin’s function, 0.397887', () => {
    const space = readSpace({ x: [-5, 10], y: [0, 15] });
    const branin = ({ x, y }: Point): number[] => {
      const valley = y! - (5.1 / (4 * Math.PI ** 2)) * x! ** 2 + (5 / Math.PI) * x! - 6;
      return [valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x!) + 10];
    };
    const values = searched(space, branin, 60).told.map(({ values: [value] }) => value!);
    expect(values).toHaveLength(60);
    expect(Math.min(...values)).toBeLessThan(0.45);
  });

  test('of two objectives finds points all along the frontier, also where it is not convex', () => {
    // Fonseca and Fleming's pair in two dimensions: the frontier is x = y between ±1/√2, and concave.
    const space = readSpace({ x: [-2, 2], y: [-2, 2] });
    const root = Math.SQRT1_2;
    const pair = ({ x, y }: Point): number[] => [
      1 - Math.exp(-((x! - root) ** 2) - (y! - root) ** 2),
      1 - Math.exp(-((x! + root) ** 2) - (y! + root) ** 2),
    ];
    const front = frontOf(searched(space, pair, 80).told);
    const distanceToFrontier = ({ point: { x, y } }: { point: Point }) => Math.abs(x! - y!);
    const near = front.filter((one) => distanceToFrontier(one) < 0.25);
    expect(near.length).toBeGreaterThanOrEqual(5);
    const firsts = near.map(({ values }) => values[0]!);
    expect(Math.min(...firsts)).toBeLessThan(0.1);
    expect(Math.max(...firsts)).toBeGreaterThan(0.9);
    expect(firsts.some((value) => value > 0.3 && value < 0.8)).toBe(true);
  });

  test('asks for the same points again from the same seed, and never twice for one', () => {
    const space = unit('a', 'b', 'c');
    const bowl = ({ a, b, c }: Point): number[] => [(a! - 0.2) ** 2 + (b! - 0.7) ** 2, c!];
    const [one, other] = [searched(space, bowl, 50), searched(space, bowl, 50)];
    expect(one.told).toEqual(other.told);
    expect(new Set(one.told.map(({ point }) => JSON.stringify(point))).size).toBe(50);
  });

  test('ends early when whole numbers leave nothing to try', () => {
    const space = readSpace({ n: { range: [1, 6], scale: 'linear', whole: true } });
    const { told } = searched(space, ({ n }) => [Math.abs(n! - 5)], 40);
    expect(told.length).toBeLessThanOrEqual(6);
    expect(Math.min(...told.map(({ values: [value] }) => value!))).toBe(0);
  });

  test('goes round points that have no value', () => {
    const { told } = searched(unit('a', 'b'), ({ a, b }) => [a! < 0.5 ? NaN : (a! - 0.9) ** 2 + b!], 50);
    const known = told.map(({ values: [value] }) => value!).filter((value) => !Number.isNaN(value));
    expect(Math.min(...known)).toBeLessThan(0.1);
  });

  test('takes in points that it did not ask for, and waits for the first ones', () => {
    const search = new Search(unit('a'), 1, 20, 'seed');
    const first = search.ask(20);
    expect(first).toHaveLength(4);
    expect(search.ask(5)).toEqual([]);
    search.tell({ point: { a: 0.123 }, values: [0] });
    for (const point of first) search.tell({ point, values: [1] });
    expect(search.ask(1)).toHaveLength(1);
    expect(frontOf(search.told)).toEqual([{ point: { a: 0.123 }, values: [0] }]);
  });
});

describe('finalists', () => {
  const told = [[1, 9], [2, 5], [3, 4], [8, 1], [2, 9], [9, 9]].map((values, a) => ({ point: { a }, values })); // prettier-ignore

  test('are the frontier from end to end, then what is next', () => {
    expect(frontOf(told).map(({ values }) => values)).toEqual([[1, 9], [2, 5], [3, 4], [8, 1]]); // prettier-ignore
    expect(finalistsOf(told, 2).map(({ values }) => values)).toEqual([[1, 9], [8, 1]]); // prettier-ignore
    expect(finalistsOf(told, 5).at(-1)!.values).toEqual([2, 9]);
    expect(finalistsOf(told, 99)).toHaveLength(6);
  });

  test('do not include what has no value where there is something else', () => {
    expect(beats([1, 1], [1, NaN])).toBe(true);
    expect(beats([1, NaN], [1, 1])).toBe(false);
    expect(beats([1, 1], [1, 1])).toBe(false);
  });
});

describe('settings', () => {
  const space = readSpace({
    leverage: [5, 50],
    grace: { range: ['1 s', '100 s'], scale: 'log', whole: false },
    times: { range: [1, 3], scale: 'linear', whole: true },
  });

  test('go from end to end of their ranges, in their units', () => {
    expect(setsOf(space, pointAt(space, [0, 0, 0]))).toEqual(['leverage=5', 'grace=1 s', 'times=1']);
    expect(setsOf(space, pointAt(space, [1, 1, 1]))).toEqual(['leverage=50', 'grace=100 s', 'times=3']);
    expect(setsOf(space, pointAt(space, [0.5, 0.5, 0.5]))).toEqual([
      'leverage=27.5',
      'grace=10 s',
      'times=2',
    ]);
  });

  test('give each whole number the same room', () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 300; i++) counts[pointAt(space, [0, 0, (i + 0.5) / 300])['times']! - 1]!++;
    expect(counts).toEqual([100, 100, 100]);
  });

  test.each([
    [{ a: [5, 5] }, 'needs [lowest, highest], got 5 and 5'],
    [{ a: ['1 s', '2 min'] }, 'needs one unit for both ends, got 1 s and 2 min'],
    [{ a: ['fast', 'slow'] }, 'needs numbers, got fast'],
    [{ a: { range: [0, 5], scale: 'log', whole: false } }, 'a scale of log needs values above 0'],
    [{ a: { range: [0.5, 5], scale: 'linear', whole: true } }, 'needs whole numbers'],
  ])('%j is refused: %s', (written, message) => {
    expect(() => readSpace(written as never)).toThrow(message);
  });

  test.each<[unknown, string]>([
    [{ leverage: 5, grace: 1 }, 'needs a whole number from 1 to 3, got nothing'],
    [{ leverage: 4, grace: 1, times: 1 }, 'needs a number from 5 to 50, got 4'],
    [{ leverage: 5, grace: '1 s', times: 1 }, 'needs a number from 1 to 100, got "1 s"'],
    [{ leverage: 5, grace: 1, times: 1.5 }, 'needs a whole number from 1 to 3, got 1.5'],
    [{ leverage: 5, grace: 1, times: 1, size: 1 }, 'is no parameter'],
    [7, 'a point is a map of parameters'],
  ])('the point %j from outside is refused: %s', (point, message) => {
    expect(() => checkPoint(space, point)).toThrow(message);
  });
});
