/**
 * Cascade sizes against the generalised Poisson law of the solvable cascade: fitted first push and branching ratio, with
 * intervals, and a test of whether the law fits at all.
 *
 * Why: a fitted law reads a branching ratio off sizes alone, where causes are unknown, and says how likely the large
 * cascades are that a batch was too small to see; but only if it fits.
 */
import { log } from '../../core/maths.ts';
import { createRng } from '../../core/rng.ts';
import type { Rng } from '../../core/rng.ts';
import { CONFIDENCE, normalBound, withoutInterval } from '../estimate.ts';
import type { Column, Estimate } from '../estimate.ts';
import { generalisedPoisson } from './generalised-poisson.ts';

export interface GeneralisedPoissonFit {
  /** First push: mean number of roots. */
  readonly theta: Estimate;
  /** Branching ratio. */
  readonly m: Estimate;
}

export interface GoodnessOfFit {
  /** Σ (observed − expected)² / expected over classes of sizes. */
  readonly chi_squared: number;
  /** Classes − 1 − 2 fitted parameters. */
  readonly df: number;
  /** Share of batches drawn from the fitted law that fit it as badly; NaN where df < 1. */
  readonly p_value: number;
}

/** Distinct sizes, ascending, and how often each occurs. */
interface Histogram {
  readonly n: number;
  readonly mean: number;
  readonly sizes: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Maximum likelihood: θ = x̄ (1 − m), m in [0, 1) the root of
 *
 *   Σ x (x − 1) / (x̄ + (x − x̄) m) = n x̄        (0 where the sizes vary no more than a Poisson's)
 *
 * Intervals: all values at which twice the log likelihood, the other parameter at its best, is within z² of its maximum;
 * m from 0 up, also beyond 1, since some super-critical cascades stay finite too. Of a super-critical law without its
 * runaways, what is fitted is its sub-critical dual m s, θ s (s = probability that one account's offspring dies out).
 * Source: P. C. Consul, M. M. Shoukri, Commun. Statist. Simul. 13 (1984) 547.
 *
 * No size above 0: θ = 0 and nothing known of m. Throws an Error at sizes that are not whole numbers >= 0.
 */
export function fitGeneralisedPoisson(sizes: Column, confidence = CONFIDENCE): GeneralisedPoissonFit {
  const z = normalBound(confidence);
  const data = histogramOf(sizes);
  if (data.n === 0) return { theta: withoutInterval(NaN), m: withoutInterval(NaN) };
  if (data.mean === 0) {
    return { theta: { value: 0, low: 0, high: (z * z) / 2 / data.n }, m: withoutInterval(NaN) };
  }
  const { theta, m } = mostLikely(data);
  const least = logLikelihood(data, theta, m) - (z * z) / 2;
  const ofM = (x: number) => logLikelihood(data, bestTheta(data, x), x) - least;
  const ofTheta = (x: number) => logLikelihood(data, x, bestM(data, x)) - least;
  return {
    theta: { value: theta, low: crossing(ofTheta, theta, 0), high: crossing(ofTheta, theta, Infinity) },
    m: { value: m, low: crossing(ofM, m, 0), high: crossing(ofM, m, Infinity) },
  };
}

/**
 * Pearson's test of the fitted law. Classes are neighbouring sizes, closed as soon as they expect 5 runs or more; the last
 * one has no end. The parameters were fitted to single sizes, not to the classes, so that chi-squared has no exact
 * law: the p-value is from `resamples` batches drawn from the fitted law and treated the same way (parametric bootstrap),
 * (1 + those at least as bad) / (1 + resamples). A small p-value: the law does not fit. Errors as `fitGeneralisedPoisson`.
 */
export function goodnessOfFit(
  sizes: Column,
  { seed, resamples = 199 }: { readonly seed: string; readonly resamples?: number },
): GoodnessOfFit {
  const data = histogramOf(sizes);
  const none = { chi_squared: NaN, df: 0, p_value: NaN };
  if (data.n === 0 || data.mean === 0) return none;
  const own = pearson(data);
  if (own.df < 1) return { ...own, p_value: NaN };
  const { theta, m } = mostLikely(data);
  const draw = sizeSampler(theta, m, createRng(seed));
  let worse = 0;
  const batch = new Float64Array(data.n);
  for (let i = 0; i < resamples; i++) {
    for (let j = 0; j < batch.length; j++) batch[j] = draw();
    const other = histogramOf(batch);
    // Another number of classes has another scale: compared by what is beyond its mean, in its standard deviations.
    if (other.mean > 0 && excess(pearson(other)) >= excess(own)) worse++;
  }
  return { ...own, p_value: (1 + worse) / (1 + resamples) };
}

/** (χ² − df) / sqrt(2 df). */
function excess({ chi_squared, df }: { chi_squared: number; df: number }): number {
  return df < 1 ? -Infinity : (chi_squared - df) / Math.sqrt(2 * df);
}

/** Draws sizes by inversion of the law's cumulative table, whose end is where less than 1e-12 is left. */
export function sizeSampler(theta: number, m: number, rng: Rng): () => number {
  const cumulative = tableOf(theta, m, 1e-12);
  for (let i = 1; i < cumulative.length; i++) cumulative[i]! += cumulative[i - 1]!;
  return () => {
    const u = rng.uniform53();
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! <= u) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Largest size that a table holds: at θ = 1, m = .99 a cascade is larger once in 10⁵. */
const LONGEST = 1 << 17;

/** P(0), P(1) … until less than `rest` is left, or LONGEST. */
function tableOf(theta: number, m: number, rest: number): Float64Array {
  for (let last = 256; ; last *= 2) {
    const p = generalisedPoisson(theta, m, Math.min(last, LONGEST));
    let left = 1;
    for (let n = 0; n < p.length; n++) {
      left -= p[n]!;
      if (left < rest && p[n]! < rest && n > theta) return p.slice(0, n + 1);
    }
    if (last >= LONGEST) return p;
  }
}

function pearson(data: Histogram): { chi_squared: number; df: number } {
  const { theta, m } = mostLikely(data);
  const p = tableOf(theta, m, 5 / data.n); // the last class begins before so little is left
  let chi_squared = 0;
  let classes = 0;
  let expected = 0;
  let observed = 0;
  let expectedSoFar = 0;
  let observedSoFar = 0;
  let at = 0;
  for (let size = 0; size < p.length; size++) {
    expected += data.n * p[size]!;
    if (data.sizes[at] === size) observed += data.counts[at++]!;
    const left = data.n - expectedSoFar - expected;
    if (expected < 5 || left < 5) continue;
    chi_squared += ((observed - expected) * (observed - expected)) / expected;
    classes++;
    expectedSoFar += expected;
    observedSoFar += observed;
    expected = 0;
    observed = 0;
  }
  const lastExpected = data.n - expectedSoFar;
  const lastObserved = data.n - observedSoFar;
  chi_squared += ((lastObserved - lastExpected) * (lastObserved - lastExpected)) / lastExpected;
  return { chi_squared, df: classes + 1 - 3 };
}

function histogramOf(values: Column): Histogram {
  const sorted = Float64Array.from(values).sort();
  const sizes: number[] = [];
  const counts: number[] = [];
  let sum = 0;
  for (const size of sorted) {
    if (!(Number.isSafeInteger(size) && size >= 0))
      throw new Error(`size ${size} is not a whole number >= 0`);
    sum += size;
    if (sizes.at(-1) === size) counts[counts.length - 1]!++;
    else {
      sizes.push(size);
      counts.push(1);
    }
  }
  const n = sorted.length;
  return { n, mean: sum / n, sizes: Float64Array.from(sizes), counts: Float64Array.from(counts) };
}

function mostLikely(data: Histogram): { theta: number; m: number } {
  const { n, mean, sizes, counts } = data;
  const slope = (m: number): number => {
    let sum = -n * mean;
    for (let i = 0; i < sizes.length; i++) {
      const x = sizes[i]!;
      if (x > 1) sum += (counts[i]! * x * (x - 1)) / (mean + (x - mean) * m);
    }
    return sum;
  };
  const m = slope(0) <= 0 ? 0 : falling(slope, 0, 1);
  return { theta: mean * (1 - m), m };
}

/** Without the factorials, which no parameter changes. */
function logLikelihood({ n, mean, sizes, counts }: Histogram, theta: number, m: number): number {
  let sum = -n * (theta + m * mean);
  for (let i = 0; i < sizes.length; i++) {
    const x = sizes[i]!;
    if (x > 0) sum += counts[i]! * (log(theta) + (x - 1) * log(theta + m * x));
  }
  return sum;
}

/** The θ > 0 that is most likely at this m: the score falls in θ. Some size must be above 0. */
function bestTheta({ n, mean, sizes, counts }: Histogram, m: number): number {
  const score = (theta: number): number => {
    let sum = -n;
    for (let i = 0; i < sizes.length; i++) {
      const x = sizes[i]!;
      if (x > 0) sum += counts[i]! * (1 / theta + (x - 1) / (theta + m * x));
    }
    return sum;
  };
  return falling(score, 0, mean + 1 / n);
}

/** The m >= 0 that is most likely at this θ. */
function bestM({ n, mean, sizes, counts }: Histogram, theta: number): number {
  const score = (m: number): number => {
    let sum = -n * mean;
    for (let i = 0; i < sizes.length; i++) {
      const x = sizes[i]!;
      if (x > 1) sum += (counts[i]! * x * (x - 1)) / (theta + m * x);
    }
    return sum;
  };
  return score(0) <= 0 ? 0 : falling(score, 0, 2);
}

/** Root of a falling function above `low`; `high` is raised until it is beyond. */
function falling(f: (x: number) => number, low: number, high: number): number {
  while (f(high) > 0) high *= 2;
  for (let step = 0; step < 60 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Where f, above 0 at `from`, falls below 0 on the way to `end` (0 or Infinity); `end` itself if it does not. */
function crossing(f: (x: number) => number, from: number, end: number): number {
  if (end === 0 && (from === 0 || f(1e-9 * from) >= 0)) return 0;
  let inside = from;
  let outside = end === 0 ? 0 : from + Math.max(from, 0.05);
  while (end !== 0 && f(outside) >= 0) {
    inside = outside;
    outside *= 2;
  }
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2;
    if (f(middle) >= 0) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
