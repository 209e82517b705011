// The line of a pair: what is shown, what is not, and what is unknown.
import { expect, test } from 'vitest';
import { compareReport } from '../../src/cli/report/compare.ts';
import type { Comparison, Difference } from '../../src/models/compare/index.ts';
import { metricNamed } from '../../src/models/compare/index.ts';

const difference = (p: number): Difference => ({
  value: -3e6,
  low: -4e6,
  high: -2e6,
  p,
  p_adjusted: p,
  simultaneous: { low: -5e6, high: -1e6 },
});

/** The line of a pair with these adjusted p-values. */
function line(debt: number, posted: number, lac: number): string {
  const metrics = [
    metricNamed('bad_debt', 'less'),
    metricNamed('margin_posted', 'less'),
    metricNamed('lac', 'more'),
  ];
  const differences = { bad_debt: difference(debt), margin_posted: difference(posted), lac: difference(lac) };
  const comparison: Comparison = {
    frontier: { money: 'USDT', metrics, blocks: [{ shock: 'sale', rows: [] }] },
    pairs: [{ shock: 'sale', policy: 'a', against: 'b', differences }],
  };
  return compareReport(comparison, undefined)
    .replaceAll(/\n {2}(?=\S)/g, ' ') // lines are broken at the terminal's width
    .split('\n')
    .find((one) => one.startsWith('a − b: '))!;
}

test.each([
  [0.004, 0.3, 0.0004, 'bad debt −3.00 M [−4.00 M, −2.00 M] USDT, P adj .004; absorption capacity −3.00 M [−4.00 M, −2.00 M] USDT, P adj < .001; no difference shown: margin posted'], // prettier-ignore
  [0.004, 0.3, NaN, 'bad debt −3.00 M [−4.00 M, −2.00 M] USDT, P adj .004; no difference shown: margin posted; unknown: absorption capacity'], // prettier-ignore
  [0.3, 0.3, NaN, 'no difference shown; unknown: absorption capacity'],
  [0.3, 0.3, 0.3, 'no difference shown'],
])('P of %d, %d and %d', (debt, posted, lac, expected) => {
  expect(line(debt, posted, lac)).toBe(`a − b: ${expected}`);
});
