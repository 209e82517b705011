/** V5: sizes of solvable cascades against the generalised Poisson law, sub-critical and super-critical. */
import { solvableLaw } from '../models/solvable/world.ts';
import { generalisedPoissonTail, runawayProbability } from '../stats/intervals/generalised-poisson.ts';
import { momentsOf } from '../stats/intervals/moments.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'solvable-cascade.yaml';

export const cascade: Validation = {
  name: 'cascade',
  about: 'V5: the size of a cascade on a flat book is generalised Poisson (Consul and Jain 1973)',
  async run(options) {
    const checks: Check[] = [];
    for (const density of [0.5, 0.8, 1.2]) checks.push(...(await one([density], options)));
    checks.push(...(await one([0.95, 'runs=10000', 'solvable.ticks=5000'], options)));
    return checks;
  },
};

/** Near-critical cascades are long: they need a deeper book than the file's, and are dear. */
async function one(
  [density, ...more]: readonly [number, ...string[]],
  options: ValidationOptions,
): Promise<Check[]> {
  const sets = [`solvable.accounts_per_tick=${density}`, ...more];
  const { experiment, cells } = await runsOf(FILE, 'solvable', sets, options);
  const columns = cells[0]!;
  const { position_lots, lots_per_tick, sweep_ticks, ticks } = experiment.solvable;
  const { theta, m } = solvableLaw(experiment.solvable);
  const size = columns['size']!;
  const n = size.length;
  const share = (what: string, probability: number, hits: Float64Array): Check => {
    const p = Math.max(0, probability); // 1 less a sum of others may be below 0 by rounding
    const se = Math.sqrt((p * (1 - p)) / n);
    return check(`m = ${round(m)}: ${what}`, p, momentsOf(hits).mean, se, 4 * se);
  };
  const atLeast = (least: number) => size.map((value) => (value >= least ? 1 : 0));
  const checks = [
    share(
      'P(0)',
      1 - generalisedPoissonTail(theta, m, 1),
      size.map((value) => (value === 0 ? 1 : 0)),
    ),
    share('P(≥ 10)', generalisedPoissonTail(theta, m, 10), atLeast(10)),
    share('P(≥ 100)', generalisedPoissonTail(theta, m, 100), atLeast(100)),
  ];
  if (m >= 1) return [...checks, share('P(runaway)', runawayProbability(theta, m), columns['runaway']!)];
  // Below 1 all cascades end, but some beyond the end of the book.
  const longest = Math.floor(((ticks - sweep_ticks) * lots_per_tick) / position_lots);
  checks.push(share('P(runaway)', generalisedPoissonTail(theta, m, longest + 1), columns['runaway']!));
  const { mean, sd } = momentsOf(size);
  const trueSd = Math.sqrt(theta / (1 - m) ** 3);
  const se = trueSd / Math.sqrt(n);
  // The standard error of an sd needs the fourth moment; theory's kurtosis: (1 + 8m + 6m²)/(θ(1−m)) + 3.
  const kurtosis = 3 + (1 + 8 * m + 6 * m * m) / (theta * (1 - m));
  const sdError = (trueSd / 2) * Math.sqrt((kurtosis - 1) / n);
  const infected = momentsOf(size).mean - momentsOf(columns['roots']!).mean;
  return [
    ...checks,
    check(`m = ${round(m)}: mean`, theta / (1 - m), mean, se, 4 * se),
    check(`m = ${round(m)}: standard deviation`, trueSd, sd, sdError, 4 * sdError),
    check(`m = ${round(m)}: branching ratio read off the parents`, m, infected / mean, NaN, 0.02),
  ];
}

function round(value: number): string {
  return value.toPrecision(3);
}
