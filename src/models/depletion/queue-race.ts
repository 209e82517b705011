/**
 * Which of two queues is empty first, and when: the exact law of the price moves of Cont and de Larrard (2013).
 *
 * Both queues grow by one at rate λ and shrink by one at rate ν, independently; the price moves up when the ask queue is
 * empty first. The first passage σ_n of a queue from n to 0 is a busy period of the queue M/M/1, known in two ways:
 *
 *   its transform    E e^(−s σ_n) = x(s)^n,   x(s) = 2ν / (s + λ + ν + q),   q = sqrt((s + λ + ν)² − 4λν)
 *   its spectrum     P(σ_n > t) = ∫₀^π g_n(θ)/κ(θ) e^(−κ(θ) t) dθ,   κ(θ) = λ + ν − 2 sqrt(λν) cos θ,
 *                    g_n(θ) = (2/π) sqrt(λν) (ν/λ)^(n/2) sin θ sin nθ
 *
 * so that for τ = min(σ_bid, σ_ask), k = 0, 1, 2
 *
 *   E[τ^k; up] = ∫ t^k P(σ_bid > t) dP(σ_ask <= t) = ∫₀^π g_bid/κ · (−d/ds)^k x(s)^ask |_(s = κ) dθ
 *
 * which at λ = ν and k = 0 is the formula of their proposition 3. The integrand is even and periodic in θ, so that the
 * trapezoid rule converges geometrically: by e^(−2w) a step, w = acosh((λ + ν) / 2 sqrt(λν)) the distance of the nearest
 * pole. (At λ = ν, where the integrand has a kink, the error is about 1e-9.)
 * Sources: R. Cont, A. de Larrard, SIAM J. Financial Math. 4 (2013) 1; D. R. Cox, H. D. Miller, Stochastic Processes
 * (1965) 4.6.
 */
import { log, pow } from '../../core/maths.ts';

/** E[τ^k; the price moves up] and E[τ^k; it moves down] for k = 0, 1, 2; Infinity where the integral diverges. */
export interface QueueRace {
  readonly up: readonly [number, number, number];
  readonly down: readonly [number, number, number];
}

/** Most intervals of the trapezoid rule: a power of two, since angles come from halving. */
const STEPS = 65_536;
let table: { readonly cosine: Float64Array; readonly sine: Float64Array } | undefined;

/**
 * cos and sin of jπ/STEPS, by halving: the mean of two angles from their cosines and sines, (f(x − h) + f(x + h)) / 2 cos h,
 * so that no value is more than 16 roundings from an exact one.
 */
function angles(): NonNullable<typeof table> {
  if (table !== undefined) return table;
  const cosine = new Float64Array(2 * STEPS + 1);
  const sine = new Float64Array(2 * STEPS + 1);
  const quarter = STEPS / 2;
  for (let i = 0; i <= 4; i++) {
    cosine[i * quarter] = [1, 0, -1, 0, 1][i]!;
    sine[i * quarter] = [0, 1, 0, -1, 0][i]!;
  }
  let halfway = Math.SQRT1_2; // cos h
  for (let h = quarter / 2; h >= 1; h /= 2) {
    for (let j = h; j < 2 * STEPS; j += 2 * h) {
      cosine[j] = (cosine[j - h]! + cosine[j + h]!) / (2 * halfway);
      sine[j] = (sine[j - h]! + sine[j + h]!) / (2 * halfway);
    }
    halfway = Math.sqrt((1 + halfway) / 2);
  }
  table = { cosine, sine };
  return table;
}

/** How many decimal digits may be lost to cancellation. */
const DIGITS_LOST = 7;
/** −½ log of the relative error that is left to the trapezoid rule. */
const ACCURACY = 17;

/**
 * The race of a queue of `bid` against one of `ask` orders, 0 < arrivalRate <= removalRate. Throws an Error otherwise, and
 * where (ν/λ)^(n/2), by which the terms exceed their sum, would leave too few digits, or λ is so near to ν (0.9999 ν)
 * that too many steps would be needed.
 */
export function queueRace(arrivalRate: number, removalRate: number, bid: number, ask: number): QueueRace {
  if (!(arrivalRate > 0 && arrivalRate <= removalRate)) {
    throw new Error(`queueRace: needs 0 < arrivals ${arrivalRate} <= removals ${removalRate}`);
  }
  return {
    up: momentsOf(arrivalRate, removalRate, bid, ask),
    down: momentsOf(arrivalRate, removalRate, ask, bid),
  };
}

/** E[σ_first^k; σ_first < σ_later], queues of `later` and `first` orders. */
function momentsOf(
  lambda: number,
  nu: number,
  later: number,
  first: number,
): readonly [number, number, number] {
  if ((later / 2) * log(nu / lambda) > DIGITS_LOST * log(10)) {
    throw new Error(`queueRace: a queue of ${later} at rates ${lambda}, ${nu} is beyond double precision`);
  }
  const mean = Math.sqrt(lambda * nu);
  const stride = strideOf(lambda, nu, later + first);
  const { cosine, sine } = angles();
  let m0 = 0;
  let m1 = 0;
  let m2 = 0;
  for (let j = stride; j < STEPS; j += stride) {
    const s = lambda + nu - 2 * mean * cosine[j]!;
    const density = (sine[j]! * sine[(later * j) % (2 * STEPS)]!) / s;
    const sum = s + lambda + nu;
    const q = Math.sqrt(sum * sum - 4 * lambda * nu);
    const power = density * pow((2 * nu) / (sum + q), first); // x' = −x/q, x'' = x/q² + x (s + λ + ν)/q³
    m0 += power;
    m1 += (power * first) / q;
    m2 += (power * first * (first + sum / q)) / (q * q);
  }
  const scale = ((2 * stride) / STEPS) * mean * pow(nu / lambda, later / 2);
  // The ends: at θ = π the integrand is 0, at θ = 0 only for λ < ν; at λ = ν it tends to later/λ, half a step of it.
  if (lambda === nu) return [scale * (m0 + later / (2 * lambda)), Infinity, Infinity];
  return [scale * m0, scale * m1, scale * m2];
}

/** Every how many of the tabled angles are needed; at λ = ν all. */
function strideOf(lambda: number, nu: number, orders: number): number {
  if (lambda === nu) return 1;
  const root = (nu - lambda) / (Math.sqrt(nu) + Math.sqrt(lambda)); // √ν − √λ
  const excess = (root * root) / (2 * Math.sqrt(lambda * nu)); // cosh w − 1
  const w = Math.min(1, Math.sqrt(excess)); // acosh(1 + u) >= min(1, sqrt u)
  const needed = ACCURACY / w + 2 * orders;
  if (needed > STEPS) throw new Error(`queueRace: rates ${lambda} and ${nu} are too near to each other`);
  let stride = 1;
  while (STEPS / (2 * stride) >= needed) stride *= 2;
  return stride;
}
