/**
 * A solvable cascade so large that plain runs hardly ever see it: its probability from branches of running worlds, against the
 * generalised Poisson law.
 */
import { ConfigError } from '../core/errors.ts';
import { solvableLaw } from '../models/solvable/world.ts';
import { generalisedPoissonTail } from '../stats/intervals/generalised-poisson.ts';
import type { RareSolvableExperiment } from '../models/solvable/file.ts';
import { rareSummary } from '../models/rare/estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check, checkAtLeast } from './validation.ts';
import { estimateIn } from '../stats/estimate.ts';

const FILE = 'rare-cascade.yaml';

const METHODS: readonly (readonly [string, readonly string[]])[] = [
  ['fixed effort', ['rare.method=fixed']],
  ['adaptive', ['rare.method=adaptive']],
];

/** Times fewer events than plain Monte Carlo, at 1e-6 and below; where the event is less rare there is less to gain. */
function leastGain(p: number): number {
  return Math.min(100, 1e-4 / p);
}

export const rareCascade: Validation = {
  name: 'rare-cascade',
  about: 'A solvable cascade of probability near 1e-6 by splitting (Consul and Jain 1973)',
  async run(options) {
    const checks: Check[] = [];
    for (const [method, sets] of METHODS) checks.push(...(await one(method, sets, options)));
    return checks;
  },
};

async function one(method: string, sets: readonly string[], options: ValidationOptions): Promise<Check[]> {
  const { experiment, cells } = await runsOf(FILE, 'rare_solvable', sets, options);
  const { metrics } = rareSummary({}, cells[0]!);
  const exact = exactOf(experiment);
  const { value, low, high } = estimateIn(metrics, 'probability');
  const error = metrics['relative_error'] as number;
  const least = experiment.rare.levels.at(-1)!;
  return [
    // Within the 95 % interval: as far as that reaches on the side of the exact value.
    check(
      `${method}: P(≥ ${least})`,
      exact,
      value,
      error * value,
      exact > value ? high - value : value - low,
    ),
    check(`${method}: relative error (one standard error)`, 0, error, NaN, 0.3),
    check(`${method}: relative distance from the exact value`, 0, Math.abs(value / exact - 1), NaN, 0.3),
    checkAtLeast(
      `${method}: times more events in plain Monte Carlo, for that error`,
      leastGain(exact),
      estimateIn(metrics, 'gain').value,
    ),
  ];
}

/** Throws ConfigError where the field or the book ends before the event. */
function exactOf({ solvable, rare }: RareSolvableExperiment): number {
  const { position_lots, lots_per_tick, sweep_ticks, ticks } = solvable;
  const least = rare.levels.at(-1)!;
  const needed = sweep_ticks + Math.ceil((least * position_lots) / lots_per_tick);
  if (ticks < needed)
    throw new ConfigError(['solvable', 'ticks'], `no exact target: the event takes ${needed} ticks`);
  const { theta, m } = solvableLaw(solvable);
  return generalisedPoissonTail(theta, m, least);
}
