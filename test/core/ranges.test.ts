/** What a setting may be: each kind has a range, which a declaration may narrow and never widen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endsOf, inWords, isWithin, RANGES, rangeOf } from '../../src/core/ranges.ts';
import { change, count, duration, leverage, multiple, share } from '../../src/core/settings.ts';
import { DAY } from '../../src/core/units.ts';

test('a range is its kind’s, or less', () => {
  expect(rangeOf('share')).toEqual({ least: 0, most: 1 });
  expect(rangeOf('share', { above: 0 })).toEqual({ above: 0, most: 1 });
  expect(rangeOf('count', { least: 2, most: 10 })).toEqual({ least: 2, most: 10 });
  expect(endsOf('leverage', { most: 100 })).toEqual({ least: 0.01, most: 100 });
  expect(() => rangeOf('share', { most: 2 })).toThrow('2 is outside of the range of a share');
});

test('ends belong to it or not, and NaN never does', () => {
  const range = { above: 0, most: 1 };
  expect([0, 1e-300, 1, 1.0000001, NaN, Infinity].map((value) => isWithin(range, value))).toEqual([
    ...[false, true, true],
    ...[false, false, false],
  ]);
  expect(inWords(range)).toBe('above 0 and at most 1');
  expect(inWords({ least: 1, below: 1e8 })).toBe('at least 1 and below 1e8');
});

test('sums of what ranges allow are exact', () => {
  expect(28 * RANGES.duration.most).toBeLessThan(2 ** 53);
  expect(2 * RANGES.size.most).toBeLessThan(2 ** 31);
});

test.each([
  [share(), '5 %', 0.05],
  [share(), '-5 %', undefined],
  [share(), 7, undefined],
  [multiple(), '120 %', 1.2],
  [change(), '-5 %', -0.05],
  [change(), -5, undefined],
  [leverage({ least: 1 }), 0, undefined],
  [leverage({ least: 1 }), 125, 125],
  [count(), 4_294_967_296, undefined],
  [count(), 1e6, 1e6],
  [duration(), '3650 d', 3650 * DAY],
  [duration(), '1e12 s', undefined],
  [duration(), '1e300 d', undefined],
  [duration({ positive: true }), '0 s', undefined],
])('%#: %j becomes %j', (schema, written, value) => {
  expect(schema.safeParse(written).data).toBe(value);
});

test('no number of an experiment is without a range: schemas of numbers are made in core/settings.ts alone', () => {
  const folders = ['core', 'market', 'clearing', 'sim', 'stats', 'experiment', 'models'];
  const files = folders.flatMap((folder) => {
    const path = join('src', folder);
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file));
  });
  const without = files.filter(
    (file) => file.endsWith('.ts') && /\bz\s*\.(number|int|coerce)\b/.test(readFileSync(file, 'utf8')),
  );
  expect(without).toEqual(['src/core/settings.ts']);
});
