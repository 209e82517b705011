/**
 * V6: splitting on a random walk, whose rare event has a known probability and whose heights tie: no bias, the spread that
 * theory says, and intervals that cover, for fixed effort and for the adaptive method that kills the last particle.
 */
import type { Column } from '../stats/estimate.ts';
import { ruinTop } from '../models/random-walk/gamblers-ruin.ts';
import { momentsOf } from '../stats/intervals/moments.ts';
import { probabilityOf } from '../stats/splitting/replicates.ts';
import type { Replicates } from '../stats/splitting/replicates.ts';
import type { RandomWalkExperiment } from '../models/random-walk/file.ts';
import { replicatesOf } from '../models/rare/estimates.ts';
import { printed } from './estimates.ts';
import { experimentOf, runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'rare-walk.yaml';

const METHODS: readonly (readonly [string, readonly string[]])[] = [
  ['fixed effort', ['rare.method=fixed']],
  ['adaptive', ['rare.method=adaptive', 'rare.kill=0.001']],
];

/** Estimates whose mean is looked at. */
const MEAN_OF = 200;

/** Coverage of an interval of 95 %. */
const COVERAGE = 0.945;
const COVERAGE_WITHIN = 0.025;

/** For the intervals of several estimates: so many together, of so few particles that each varies a lot. */
const TOGETHER = 10;
const FEW_PARTICLES = 100;

/** A height whose probability is below 1e-9. */
const HIGHER = 25;

export const splitting: Validation = {
  name: 'splitting',
  about: 'V6: a random walk’s rare event by splitting, with ties (Feller, vol. 1, XIV.2)',
  async run(options) {
    const checks: Check[] = [];
    for (const [method, sets] of METHODS) {
      checks.push(
        ...(await one(method, sets, options)),
        await together(method, sets, options),
        await higher(method, sets, options),
      );
    }
    return checks;
  },
};

async function walkOf(sets: readonly string[], options: ValidationOptions) {
  const { experiment, cells } = await runsOf(FILE, 'random_walk', sets, options);
  return { experiment, exact: exactOf(experiment), found: replicatesOf(cells[0]!) };
}

function exactOf({ random_walk: { up, start }, rare: { levels } }: RandomWalkExperiment): number {
  return ruinTop(up, start, levels.at(-1)!);
}

async function one(method: string, sets: readonly string[], options: ValidationOptions): Promise<Check[]> {
  const { experiment, exact, found } = await walkOf(sets, options);
  const { sd } = momentsOf(found.probability);
  const n = found.probability.length;
  const theory = spreadOf(experiment);
  const target = printed('.164', theory);
  const first = Math.min(MEAN_OF, n);
  const meanOf = (count: number): Check => {
    const { mean } = momentsOf(Array.from(found.probability).slice(0, count));
    const error = theory / Math.sqrt(count);
    return check(
      `${method}: mean of ${count} estimates / ${exact.toExponential(6)}`,
      1,
      mean / exact,
      error,
      4 * error,
    );
  };
  const error = theory / Math.sqrt(2 * n);
  const within = Math.max((0.03 / 0.164) * target, 4 * error);
  const hits = covering(groupsOf(found, 1), exact);
  return [
    check(`${method}: relative sd of an estimate`, target, sd / exact, error, within),
    ...[...new Set([first, n])].map(meanOf),
    coverage(`${method}: an estimate’s own 95 % interval covers, of ${n}`, hits, n),
  ];
}

/** Intervals of the mean of several estimates. */
async function together(method: string, sets: readonly string[], options: ValidationOptions): Promise<Check> {
  const { runs } = experimentOf(FILE, 'random_walk', sets, options);
  const more = [...sets, `rare.particles=${FEW_PARTICLES}`];
  const all = { ...options, sets: [...options.sets, `runs=${Math.ceil(runs / 2) * TOGETHER}`] };
  const { exact, found } = await walkOf(more, all);
  const groups = groupsOf(found, TOGETHER);
  const what = `${method}: 95 % interval of ${TOGETHER} estimates of ${FEW_PARTICLES} particles covers, of ${groups.length}`;
  return coverage(what, covering(groups, exact), groups.length);
}

/** A rarer event. */
async function higher(method: string, sets: readonly string[], options: ValidationOptions): Promise<Check> {
  const { runs } = experimentOf(FILE, 'random_walk', sets, options);
  const fewer = { ...options, sets: [...options.sets, `runs=${Math.ceil(runs / 4)}`] };
  const { experiment, exact, found } = await walkOf([...sets, `rare.event=${HIGHER}`], fewer);
  const { n, mean } = momentsOf(found.probability);
  const error = spreadOf(experiment) / Math.sqrt(n);
  const what = `${method}: mean of ${n} estimates / ${exact.toExponential(6)}`;
  return check(what, 1, mean / exact, error, 4 * error);
}

/**
 * Relative standard deviation of an estimate that starts N walks from each level: √Σ (1 − p)/(p·N), p the probability of
 * coming from one level to the next. To first order in 1/N, as it is printed.
 */
function spreadOf({ random_walk: { up, start }, rare: { levels, particles } }: RandomWalkExperiment): number {
  let variance = 0;
  let from = start;
  for (const level of levels) {
    if (level <= start) continue;
    const p = ruinTop(up, from, level);
    variance += (1 - p) / (p * particles);
    from = level;
  }
  return Math.sqrt(variance);
}

function coverage(what: string, hits: number, n: number): Check {
  const error = Math.sqrt((0.95 * 0.05) / n);
  return check(what, COVERAGE, hits / n, error, Math.max(COVERAGE_WITHIN, 4 * error));
}

function covering(groups: readonly Replicates[], exact: number): number {
  return groups.filter((group) => {
    const { low, high } = probabilityOf(group);
    return low <= exact && exact <= high;
  }).length;
}

/** The estimates in groups of so many. */
function groupsOf({ probability, low, high, events, plainEvents }: Replicates, size: number): Replicates[] {
  const groups: Replicates[] = [];
  for (let i = 0; i + size <= probability.length; i += size) {
    const part = (column: Column): number[] => Array.from({ length: size }, (_, k) => column[i + k]!);
    groups.push({
      probability: part(probability),
      low: part(low),
      high: part(high),
      events: part(events),
      plainEvents: part(plainEvents),
    });
  }
  return groups;
}
