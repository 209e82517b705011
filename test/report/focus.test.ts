/** Which of many policies and shocks are shown, and what shocks are told apart by. */
import { expect, test } from 'vitest';
import {
  dosesOf,
  shockNames,
  shownPolicies,
  shownShocks,
  sortOf,
  tellingShock,
} from '../../src/report/focus.ts';
import { example, margins, sensitivity } from './example.ts';

test('shocks that differ in one number have sizes', () => {
  expect(dosesOf(['value changes by -5 %', 'value changes by -2.5 %'])).toEqual({
    axis: 'value changes by … %',
    doses: [
      { shock: 'value changes by -2.5 %', size: -2.5 },
      { shock: 'value changes by -5 %', size: -5 },
    ],
  });
  expect(
    dosesOf(['sale of 300 M USDT in 30 s', 'sale of 1.5 G USDT in 30 s'])?.doses.map(({ size }) => size),
  ).toEqual([3e8, 1.5e9]);
});

test('others have none', () => {
  expect(dosesOf(['value changes by -5 %'])).toBeUndefined();
  expect(dosesOf(['sale of 10 lots at once', 'value changes by -5 %'])).toBeUndefined();
  expect(dosesOf(['sale of 1 M USDT in 30 s', 'sale of 2 M USDT in 60 s'])).toBeUndefined();
});

test('names of shocks leave out the words that all begin with', () => {
  expect(shockNames(['value changes by -5 %', 'value changes by -2.5 %'])).toEqual({
    common: 'value changes by',
    short: ['−5 %', '−2.5 %'],
  });
  expect(shockNames(['value changes by -5 %'])).toEqual({ common: '', short: ['value changes by −5 %'] });
  expect(shockNames(['a sale', 'withdrawal'])).toEqual({ common: '', short: ['a sale', 'withdrawal'] });
});

test('the telling shock is the one under which policies differ most', () => {
  // P(cascade) of flat and ladder: .5 and .25, .8 and .5, 1 and 0.
  expect(tellingShock(example())).toBe('value changes by -5 %');
});

test('of many policies as many are shown as have a colour, those on the frontier first', () => {
  const one = example();
  const { cells, frontier } = one.manifest.summary;
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
  const many = {
    ...one,
    manifest: {
      ...one.manifest,
      summary: {
        ...one.manifest.summary,
        cells: names.map((policy) => ({ ...cells[0]!, labels: { ...cells[0]!.labels, policy } })),
        frontier: {
          ...frontier!,
          blocks: [
            {
              shock: 'all shocks',
              rows: names.map((policy, i) => ({
                ...frontier!.blocks[0]!.rows[0]!,
                policy,
                verdict: i === 17 ? ('on the frontier' as const) : ('dominated' as const),
              })),
            },
          ],
        },
      },
    },
  };
  expect(shownPolicies(many)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p17']);
  expect(shownPolicies(one)).toEqual(['flat', 'ladder']);
  expect(shownShocks(one)).toHaveLength(3);
});

test('results are of their sort', () => {
  expect([example(), margins, sensitivity].map(sortOf)).toEqual(['market', 'margins', 'sensitivity']);
});
