/**
 * Impact of a metaorder in a latent order book that is linear round the price and so deep that it is continuous: a flux J of
 * orders is deposited on either side, intentions diffuse with D, and m₀ is bought per unit of time from 0 to T.
 *
 *   y(t) = A·√(D·t),  A = (m₀/J) ∫₀¹ exp(−A²(1−√u) / 4(1+√u)) / √(4π(1−u)) du        while it trades
 *   y(t) = (m₀/J) ∫₀ᵀ exp(−(y(t)−y(s))² / 4(t−s)) / √(4π(t−s)) ds                      afterwards, D = 1
 *
 * Limits: A → m₀/(J√π) for a slow one, √(2m₀/J) for a fast one; after a slow one y(zT)/y(T) → √z − √(z−1).
 * Source: J. Donier, J. Bonart, I. Mastromatteo, J.-P. Bouchaud, Quantitative Finance 15 (2015) 1109.
 */
import { exp } from '../../core/maths.ts';
import { integrate } from '../../stats/flow/integrate.ts';

const SQRT_PI = 1.7724538509055159;

/**
 * A for the rate m₀/J, to 1e-12 of it. With t = tan(θ/2), √u = cos θ, the integral is smooth:
 *   A = (m₀/J)/√π · ∫₀¹ exp(−A²t²/4) · 2(1−t²)/(1+t²)² dt
 * Throws RangeError unless m₀/J is above 0 and finite.
 */
export function latentBookImpact(rate: number): number {
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`the rate ${rate} must be above 0`);
  return root(0, Math.min(rate / SQRT_PI, Math.sqrt(2 * rate) * 1.1), (a) => {
    // What lies beyond 16 widths of the bell is below e^-64.
    const far = Math.min(1, 16 / Math.max(a, 1e-9));
    const bell = integrate(0, far, (t) => {
      const square = t * t;
      return (exp((-a * a * square) / 4) * 2 * (1 - square)) / ((1 + square) * (1 + square));
    });
    return a - (rate / SQRT_PI) * bell;
  });
}

/** Below this share of the usual depth at the price found, rounding in the integral moves it by more than 1e-8. */
const LEAST_DEPTH = 1e-5;

/**
 * y(zT)/y(T) for z = time over duration, at least 1. Throws RangeError outside, and where a fast metaorder has emptied the book so
 * far that the price lies in a gap which orders have hardly come into yet: doubles do not tell where in it.
 */
export function latentBookImpactDecay(rate: number, timeOverDuration: number): number {
  if (!(timeOverDuration >= 1 && timeOverDuration < Infinity))
    throw new RangeError(`the time ${timeOverDuration} must be at least the duration`);
  const peak = latentBookImpact(rate);
  if (timeOverDuration === 1) return 1;
  const f = (level: number): number => {
    // s = 1 − w²: smooth where s comes to the end of the order, whose √(t−s) is what varies most.
    const share = integrate(0, 1, (w) => {
      const s = 1 - w * w;
      const wait = timeOverDuration - s;
      const gap = level - peak * Math.sqrt(s);
      return (exp((-gap * gap) / (4 * wait)) / Math.sqrt(wait)) * 2 * w;
    });
    return level - (rate / (2 * SQRT_PI)) * share;
  };
  const y = root(0, peak, f);
  const near = 1e-4 * y;
  if (!(f(y + near) - f(y - near) >= LEAST_DEPTH * 2 * near))
    throw new RangeError(
      `at a rate of ${rate} the book is empty round the price at ${timeOverDuration} times the duration: a lower rate, or later`,
    );
  return y / peak;
}

/** Where an increasing function that is at most 0 at `low` and at least 0 at `high` is 0: by bisection, to the last bits. */
function root(low: number, high: number, f: (x: number) => number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) break;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
