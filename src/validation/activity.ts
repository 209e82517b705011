/** V23: returns on the market's own clock have the kurtosis and the memory of their absolute values that theory says. */
import { subordinatedVolatility } from '../models/activity/subordinated.ts';
import { LAGS } from '../models/activity/runs.ts';
import { checkEstimate, estimatesOf, printed } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

const FILE = 'activity.yaml';

/** Of the kurtosis, relative; of correlations. */
const KURTOSIS = 0.15;
const MEMORY = 0.02;

/** By v: the kurtosis, and correlations by lag, as published. */
const PUBLISHED: readonly (readonly [number, string, Readonly<Record<number, string>>])[] = [
  [0.5, '1.946', { 1: '.156' }],
  [1, '5.155', { 20: '.162' }],
];

export const activity: Validation = {
  name: 'activity',
  about: 'V23: tails and memory of returns whose variance is everybody’s activity on several time scales',
  async run(options) {
    const checks: Check[] = [];
    for (const row of PUBLISHED) checks.push(...(await one(row, options)));
    return checks;
  },
};

async function one(
  [variance, kurtosis, memory]: (typeof PUBLISHED)[number],
  options: ValidationOptions,
): Promise<Check[]> {
  const runs = await runsOf(FILE, 'activity', [`activity.variance=${variance}`], options);
  const settings = runs.experiment.activity;
  const found = estimatesOf(runs);
  const exact = (lag: number) =>
    subordinatedVolatility(settings.variance, settings.relaxation, lag * settings.returns);
  const { excessKurtosis } = exact(1);
  const name = `v = ${settings.variance}`;
  const target = printed(kurtosis, excessKurtosis);
  return [
    checkEstimate(`${name}: excess kurtosis of returns`, target, found['kurtosis']!, KURTOSIS * target),
    checkEstimate(`${name}: correlation of returns at lag 1`, 0, found['memory']!, MEMORY),
    ...LAGS.map((lag) => {
      const { absReturnAutocorrelation } = exact(lag);
      const number = memory[lag];
      return checkEstimate(
        `${name}: … of absolute returns at lag ${lag}`,
        number === undefined ? absReturnAutocorrelation : printed(number, absReturnAutocorrelation),
        found[`memory_${lag}`]!,
        MEMORY,
      );
    }),
  ];
}
