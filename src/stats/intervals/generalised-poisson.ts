/**
 * The generalised Poisson law: the size of a cascade with Poisson roots and Poisson offspring (the total progeny of a
 * Galton-Watson process). P(n) = θ (θ + m n)^(n−1) e^(−θ − m n) / n!, mean θ/(1−m), variance θ/(1−m)³ for m < 1.
 * For m ≥ 1 the probabilities sum to that of a finite cascade. Source: Consul and Jain 1973.
 */
import { exp, log } from '../../core/maths.ts';

/** P(n) for n = 0 … last, for first push `theta` > 0 and branching ratio `m` >= 0. */
export function generalisedPoisson(theta: number, m: number, last: number): Float64Array {
  const p = new Float64Array(last + 1);
  let logFactorial = 0;
  for (let n = 0; n <= last; n++) {
    if (n > 1) logFactorial += log(n);
    p[n] = exp(log(theta) + (n - 1) * log(theta + m * n) - theta - m * n - logFactorial);
  }
  return p;
}

/** P(size >= least). For m >= 1 this includes cascades that never end. */
export function generalisedPoissonTail(theta: number, m: number, least: number): number {
  let below = 0;
  for (const p of generalisedPoisson(theta, m, Math.max(0, least - 1))) below += p;
  return least <= 0 ? 1 : 1 - below;
}

/**
 * Probability that the cascade never ends: 1 − e^(−θ(1−s)), where s is the probability that one account's offspring dies
 * out, the smallest root of s = e^(−m(1−s)). Zero for m <= 1.
 */
export function runawayProbability(theta: number, m: number): number {
  if (m <= 1) return 0;
  let s = 0;
  for (let i = 0; i < 10_000; i++) s = exp(-m * (1 - s));
  return 1 - exp(-theta * (1 - s));
}
