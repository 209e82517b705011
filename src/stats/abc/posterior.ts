/**
 * Which parameters could have made what was observed, of a model that can be simulated and has no likelihood: approximate
 * Bayesian computation. Parameters are drawn from their prior, uniform in the unit cube; each has moments of a simulation.
 *
 *   1. t = logit of a parameter, so that what is adjusted stays inside the prior
 *   2. one summary a parameter, ŝ(m) = E[t | m] by a regression of t on the moments and their squares over all simulations,
 *      with the ridge that predicts best: moments that say nothing of any parameter then count nothing (P. Fearnhead, D. Prangle, J. R. Stat. Soc. B 74 (2012) 419)
 *   3. the nearest simulations in ŝ are kept, with weights 1 − (d/d_max)²
 *   4. each is moved along a local line to where it would be had it given the observation:
 *      t ← β(ŝ_obs) + (t − β(ŝ))·√((n + p)/(n − p))·√((N + P)/(N − P))
 *      (M. A. Beaumont, W. Zhang, D. J. Balding, Genetics 162 (2002) 2025). The first root makes up for the p coefficients that the
 *      line took from n weighted residuals, and for not knowing them better: as in the prediction of one more value. The
 *      second does so for the P that the summary took from all N simulations: it knows the parameters that it is nearest to.
 *
 * With observations that are known to an error only, the same error belongs into the simulations' moments: then the posterior
 * is that of the model with it (R. D. Wilkinson, Stat. Appl. Genet. Mol. Biol. 12 (2013) 129).
 */
import { exp, log } from '../../core/maths.ts';
import { linearFit, predictingFit } from './linear-fit.ts';
import { effectiveSize, weightedMean, weightedSd } from './weighted.ts';

export interface Simulated {
  /** Parameters, each from 0 to 1. */
  readonly place: ArrayLike<number>;
  /** Finite; in any units, of about normal spread. */
  readonly moments: ArrayLike<number>;
}

export interface Draw {
  /** Parameters, each between 0 and 1. */
  readonly place: Float64Array;
  /** They add up to 1. */
  readonly weight: number;
}

export interface Posterior {
  readonly draws: readonly Draw[];
  /** Of each parameter. */
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Standard deviation of the prior. */
export const PRIOR_SD = 1 / Math.sqrt(12);

/** Standardised moments beyond this count as this: one wild simulation must not bend the regression. */
const MOST_DEVIATION = 4;
const RIDGE = 1e-3;

/** `keep`: how many of the simulations, at least twice as many as parameters, stay. Throws an Error where there are too few. */
export function abcPosterior(
  simulations: readonly Simulated[],
  observed: ArrayLike<number>,
  keep: number,
): Posterior {
  const { near, logits, summaries, at, spent } = nearest(simulations, observed, keep);
  const weights = Float64Array.from(near, ({ weight }) => weight);
  const own = near.map(({ i }) => summaries[i]!);
  const local = near.map(({ i }) => logits[i]!);
  const line = linearFit(own, local, { weights, ridge: RIDGE });
  const effective = effectiveSize(weights);
  const stretches = spent.map(
    (own) => stretchOf(effective, at.length + 1) * stretchOf(simulations.length, own),
  );
  const centre = line.at(at);
  const draws = near.map(({ weight }, n): Draw => {
    const fitted = line.at(own[n]!);
    const place = local[n]!.map((t, d) => unit(centre[d]! + (t - fitted[d]!) * stretches[d]!));
    return { place, weight };
  });
  const columns = Array.from(at, (_, d) => draws.map(({ place }) => place[d]!));
  return {
    draws,
    mean: Float64Array.from(columns, (values) => weightedMean(values, weights)),
    sd: Float64Array.from(columns, (values) => weightedSd(values, weights)),
  };
}

/** By how much residuals of n, of which p were spent on coefficients, are too small for the error of one more prediction. */
function stretchOf(n: number, p: number): number {
  return Math.sqrt((n + p) / Math.max(1, n - p));
}

/** The nearest in the summaries, with weights that add up to 1. */
function nearest(simulations: readonly Simulated[], observed: ArrayLike<number>, keep: number) {
  const dimensions = simulations[0]?.place.length ?? 0;
  if (keep < 2 * dimensions + 2 || keep >= simulations.length)
    throw new Error(`abc: cannot keep ${keep} of ${simulations.length} for ${dimensions} parameters`);
  const edge = 1 / (2 * simulations.length);
  const logits = simulations.map(({ place }) => Float64Array.from(place, (u) => logit(u, edge)));
  const features = featuresOf(simulations);
  const fit = predictingFit(
    simulations.map(({ moments }) => features(moments)),
    logits,
  );
  const at = fit.at(features(observed));
  const summaries = simulations.map(({ moments }) => fit.at(features(moments)));
  const distances = summaries.map((one) => {
    let sum = 0;
    for (let d = 0; d < at.length; d++) sum += (one[d]! - at[d]!) * (one[d]! - at[d]!);
    return Math.sqrt(sum);
  });
  const order = distances.map((_, i) => i).sort((a, b) => distances[a]! - distances[b]! || a - b);
  const far = distances[order[keep]!]!;
  const kept = order.slice(0, keep);
  // At equal distances (a summary that says nothing) all count the same.
  const raw = kept.map((i) => (far > 0 ? 1 - (distances[i]! / far) * (distances[i]! / far) : 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const near = kept.map((i, n) => ({ i, weight: total > 0 ? raw[n]! / total : 1 / keep }));
  return { near, logits, summaries, at, spent: fit.spent };
}

/** Moments in units of their spread over all simulations, and the squares of these. */
function featuresOf(simulations: readonly Simulated[]): (moments: ArrayLike<number>) => Float64Array {
  const width = simulations[0]!.moments.length;
  const n = simulations.length;
  const centres = new Float64Array(width);
  const spreads = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const sorted = Float64Array.from(simulations, ({ moments }) => moments[j]!).sort();
    centres[j] = sorted[n >> 1]!;
    // From the quartiles, so that a few wild ones do not matter: 1.349 standard deviations of a normal law apart.
    spreads[j] = (sorted[(3 * n) >> 2]! - sorted[n >> 2]!) / 1.349;
  }
  return (moments) => {
    const out = new Float64Array(2 * width);
    for (let j = 0; j < width; j++) {
      const z = spreads[j]! > 0 ? (moments[j]! - centres[j]!) / spreads[j]! : 0;
      out[j] = Math.max(-MOST_DEVIATION, Math.min(MOST_DEVIATION, z));
      out[width + j] = out[j]! * out[j]!;
    }
    return out;
  };
}

function logit(u: number, edge: number): number {
  const inside = Math.max(edge, Math.min(1 - edge, u));
  return log(inside / (1 - inside));
}

function unit(t: number): number {
  return 1 / (1 + exp(-t));
}
