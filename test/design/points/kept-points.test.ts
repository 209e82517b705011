// Points of a design that are kept: every bit of what they gave, in the order of the questions, and only what is missing is
// evaluated.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { PointCheck, PointOutcome, PointRequest } from '../../../src/design/points/evaluate.ts';
import { PointError } from '../../../src/design/points/evaluate.ts';
import { describeFailedPoint } from '../../../src/design/points/failures.ts';
import type { PointRecord } from '../../../src/design/points/kept-points.ts';
import { KeptPoints, pointRecordSchema } from '../../../src/design/points/kept-points.ts';
import type { PointRuns } from '../../../src/design/points/point-runs.ts';
import { Journal } from '../../../src/lab/store/journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-kept-points-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const point = (x: number, seed = 'seed'): PointRequest => ({
  sets: [`x=${x}`],
  seed,
  policy: undefined,
  runs: 3,
});

const LOST = {
  cell: 0,
  run: 2,
  name: 'RangeError',
  message: 'I stumbled',
  labels: {},
  replay: 'npx unwind run',
};

/** Gives x in every column; cannot run a point below 0; loses a run at 3. Writes down what it was asked. */
function pool(asked: string[]) {
  return {
    evaluate(
      points: readonly PointRequest[],
      _check?: PointCheck,
      onPoint?: (outcome: PointOutcome, i: number) => void,
    ) {
      const outcomes = points.map(({ sets: [set], seed }, i) => {
        asked.push(`${seed} ${set!}`);
        const x = Number(set!.slice(2));
        const outcome =
          x < 0
            ? new PointError('below 0')
            : {
                cells: [{ x: Float64Array.of(x, NaN, -0, Infinity, 0.1 + 0.2) }],
                lost: x === 3 ? [LOST] : [],
              };
        onPoint?.(outcome, i);
        return outcome;
      });
      return Promise.resolve(outcomes);
    },
  };
}

function keeper(asked: string[], failed: string[] = []) {
  const records = Journal.read(folder, pointRecordSchema)?.records ?? [];
  const journal = Journal.open(folder, records);
  const points = new KeptPoints({
    pool: pool(asked),
    records,
    journal,
    clock: () => 1,
    onPoint: () => undefined,
    onFailed: (one) => failed.push(describeFailedPoint(one)),
  });
  return { points, journal };
}

test('only what is missing is evaluated; what is kept comes back bit by bit; a failure is not kept', async () => {
  const asked: string[] = [];
  const one = keeper(asked, asked); // a failure is told of before the next point is begun
  const first = await one.points.evaluate([point(3), point(-1), point(2)]);
  one.journal.close();
  const two = keeper(asked);
  const again = await two.points.evaluate([point(2), point(3), point(2, 'other'), point(-1), point(2)]);
  two.journal.close();
  expect(asked).toEqual([
    ...['seed x=3', 'seed x=-1', 'point 2 (x=-1) failed: below 0', 'seed x=2'],
    ...['other x=2', 'seed x=-1'],
  ]);
  expect(again[1]).toEqual(first[0]);
  expect(again[4]).toEqual(first[2]);
  expect(Object.is((again[0] as PointRuns).cells[0]!['x']![2], -0)).toBe(true);
  expect(again[3]).toBeInstanceOf(PointError);
  expect(one.points.failures).toEqual({
    failed_points: [{ point: 2, sets: ['x=-1'], seed: 'seed', why: 'below 0' }],
    failures: [{ point: 1, ...LOST }],
  });
  // The lost run of a point that was kept is told of again.
  expect(two.points.failures.failures).toEqual([{ point: 2, ...LOST }]);
  expect(two.points.failures.failed_points.map(({ point }) => point)).toEqual([4]);
});

test('what is not a number is kept with one bit pattern', async () => {
  const kept: PointRecord[] = [];
  const journal = Journal.open<PointRecord>(folder, []);
  for (const bits of [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff8000000000001n]) {
    const x = new Float64Array(BigUint64Array.of(bits).buffer);
    const points = new KeptPoints({
      pool: {
        evaluate(_points, _check, onPoint) {
          const outcome = { cells: [{ x }], lost: [] };
          onPoint?.(outcome, 0);
          return Promise.resolve([outcome]);
        },
      },
      records: [],
      journal,
      clock: () => 1,
      onPoint: (record) => kept.push(record),
      onFailed: () => undefined,
    });
    await points.evaluate([point(1)]);
  }
  journal.close();
  expect(kept.map(({ cells }) => cells)).toEqual(Array(3).fill(kept[0]!.cells));
});

const numbered = z.object({ n: z.number() });
const read = () => Journal.read(folder, numbered)!;

test('a journal counts whole lines with their checksums only', () => {
  const path = join(folder, 'journal.ndjson');
  Journal.open(folder, [{ n: 1 }, { n: 2 }, { n: 3 }]).close();
  const whole = readFileSync(path);
  for (let end = 0; end <= whole.length; end++) {
    writeFileSync(path, whole.subarray(0, end));
    const lines = whole.subarray(0, end).toString().split('\n');
    const torn = lines.at(-1)!.endsWith('}}') ? 1 : 0; // all but its end
    expect(read()).toMatchObject({ isDamaged: false });
    expect(read().records).toHaveLength(lines.length - 1 + torn);
  }
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    writeFileSync(path, changed);
    const { records, isDamaged } = read();
    expect(records.length).toBeLessThan(3);
    expect(records.every(({ n }) => n === 1 || n === 2 || n === 3)).toBe(true);
    // A line's end that is lost makes the last line a torn one, as a kill does.
    expect(isDamaged).toBe(at < whole.length - 1 && at >= 0);
  }
  writeFileSync(path, whole);
  appendFileSync(path, whole.subarray(0, 20));
  expect(read().records).toHaveLength(3);
});
