/** V22: metaorders with square-root impact, executed in the real book, leave the price diffusive; memory of their signs. */
import { metaorderAutocorrelation } from '../stats/intervals/autocorrelation.ts';
import { wholeParetoDiffusion } from '../models/metaorders/splitters.ts';
import type { Estimate } from '../stats/estimate.ts';
import { checkEstimate, estimatesOf, printed } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'metaorders.yaml';

/** Of the variance, relative; of correlations. */
const VARIANCE = 0.05;
const SIGNS = 0.02;
/** Of the variance, relative, with the fewest runs. */
const MOST = 0.3;

/** α and δ of each row; correlations of signs at lags 1 and 10 where they are looked at, as published or exact. */
const ROWS: readonly (readonly [number, number, readonly (string | undefined)[]])[] = [
  [1.2, 0.5, [undefined, undefined]],
  [1.5, 0.5, ['.617', '.236']],
  [1.8, 0.5, [undefined, undefined]],
  [1.5, 0.25, []],
];

export const metaorders: Validation = {
  name: 'metaorders',
  about: 'V22: metaorders whose impact is a square root leave the price diffusive (Sato, Kanazawa 2025)',
  async run(options) {
    const checks: Check[] = [];
    for (const row of ROWS) checks.push(...(await one(row, options)));
    return checks;
  },
};

async function one(
  [alpha, delta, numbers]: (typeof ROWS)[number],
  options: ValidationOptions,
): Promise<Check[]> {
  const sets = [`metaorders.tail=${alpha}`, `metaorders.exponent=${delta}`];
  const runs = await runsOf(FILE, 'metaorders', sets, options);
  const { tail, exponent } = runs.experiment.metaorders;
  const found = estimatesOf(runs);
  const name = `α = ${tail}, δ = ${exponent}`;
  const exact = wholeParetoDiffusion(tail, exponent);
  const checks: Check[] = [];
  // Beyond a square root the largest of all metaorders decide, and no number of them is enough.
  if (exponent <= 0.5) {
    const within = VARIANCE * exact;
    checks.push(
      varianceCheck(`${name}: variance per order, in c²`, exact, found['variance']!, within),
      varianceCheck('… over times ten times as long', exact, found['variance_long']!, within),
    );
  }
  numbers.forEach((number, i) => {
    const lag = i === 0 ? 1 : 10;
    const agreement = metaorderAutocorrelation(tail, lag);
    const target = number === undefined ? agreement : printed(number, agreement);
    checks.push(checkEstimate(`${name}: order signs at lag ${lag}`, target, found[`signs_${lag}`]!, SIGNS));
  });
  return checks;
}

/** With few runs the value is less sure; but where a market is wrong its error is large, too, and that is no excuse. */
function varianceCheck(what: string, target: number, found: Estimate, within: number): Check {
  const { value, standard_error, tolerance } = checkEstimate(what, target, found, within);
  return check(what, target, value, standard_error, Math.min(tolerance, MOST * target));
}
