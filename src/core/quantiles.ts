/**
 * Distribution functions and quantiles of the normal and Student laws, from the deterministic mathematics: the same bits in
 * every engine.
 */
import { exp, log, log1p } from './maths.ts';

/** Second result of `studentTail`: the slope of the tail, t · density(t). */
const lower = new Float64Array(1);

/** Polynomial quotient, coefficients from the highest power down. */
function quotient(numerator: readonly number[], denominator: readonly number[], x: number): number {
  let top = 0;
  let bottom = 0;
  for (const c of numerator) top = top * x + c;
  for (const c of denominator) bottom = bottom * x + c;
  return top / bottom;
}

const CDF = {
  centre: [
    [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
    [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
  ],
  middle: [
    [
      1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
      2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
    ],
    [
      1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
      34900.95272114598, 38912.00328609327, 19685.429676859992,
    ],
  ],
  tail: [
    [
      0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807,
      0.0014216191932278934, 2.9112874951168793e-5,
    ],
    [
      1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
      7.297515550839662e-5,
    ],
  ],
} as const;

/**
 * Φ(x), the standard normal distribution function; relative error about 1e-15, in the lower tail too.
 * Rational approximations of W. J. Cody, Math. Comp. 23 (1969) 631, as in his ANORM (ACM algorithm 715).
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.66291) return 0.5 + x * quotient(CDF.centre[0], CDF.centre[1], x * x);
  if (x !== x) return NaN;
  if (size > 39) return x < 0 ? 0 : 1;
  let scaled: number;
  if (size <= 5.656854249492381) {
    scaled = quotient(CDF.middle[0], CDF.middle[1], size);
  } else {
    const z = 1 / (x * x);
    scaled = (0.3989422804014327 - z * quotient(CDF.tail[0], CDF.tail[1], z)) / size;
  }
  // e^(-x²/2) in two factors: the square of x to 1/16 is exact, the rest is small
  const coarse = Math.floor(size * 16) / 16;
  const fine = (size - coarse) * (size + coarse);
  const below = exp(-coarse * coarse * 0.5) * exp(-fine * 0.5) * scaled;
  return x < 0 ? below : 1 - below;
}

const QUANTILE = {
  centre: [
    [
      2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
      1971.5909503065513, 133.14166789178438, 3.3871328727963665,
    ],
    [
      5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
      687.1870074920579, 42.31333070160091, 1,
    ],
  ],
  middle: [
    [
      0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
      5.769497221460691, 4.630337846156546, 1.4234371107496835,
    ],
    [
      1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
      0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
    ],
  ],
  tail: [
    [
      2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
      0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
    ],
    [
      2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
      0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
    ],
  ],
} as const;

/**
 * Φ⁻¹(p), the standard normal quantile; relative error about 1e-15 (M. J. Wichura, algorithm AS 241, 1988).
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * quotient(QUANTILE.centre[0], QUANTILE.centre[1], 0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? quotient(QUANTILE.middle[0], QUANTILE.middle[1], r - 1.6)
      : quotient(QUANTILE.tail[0], QUANTILE.tail[1], r - 5);
  return q < 0 ? -size : size;
}

/**
 * Quantile of Student's t with `df` >= 1 degrees of freedom, whole or not; relative error about 1e-12.
 * Newton's method on log Q as a function of log t, Q = P(T > t) from the incomplete beta function: that
 * function is concave, so that a step from the left may overshoot but steps from the right can't.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(df >= 1) || !(p >= 0 && p <= 1)) return NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p === 0) return -Infinity;
  const z = -normalQuantile(p);
  if (df > MANY) return -studentFromNormal(z, df);
  const ratio = gammaRatio(df / 2);
  const central = p > 0.25; // there log Q is too flat: Newton on Q itself, convex, from below the root
  let t = central ? ((0.5 - p) * Math.sqrt(df) * SQRT_PI) / ratio : z;
  for (let step = 0; step < 100; step++) {
    const q = studentTail(t, df, ratio);
    if (q === 0) {
      t = Math.sqrt(t * z); // overshot so far that Q underflows
      continue;
    }
    const slope = lower[0]!;
    const next = central ? t + ((q - p) * t) / slope : t * exp((log(q / p) * q) / slope);
    if (Math.abs(next - t) <= 1e-10 * t) return -next;
    t = next;
  }
  return NaN;
}

/** P(T > t) for Student's T with `df` >= 1 degrees of freedom and t >= 0; relative error about 1e-12. NaN outside of that. */
export function studentUpperTail(t: number, df: number): number {
  if (!(df >= 1) || !(t >= 0)) return NaN;
  if (t === 0) return 0.5;
  if (t === Infinity) return 0;
  return df > MANY ? normalCdf(-t) : studentTail(t, df, gammaRatio(df / 2));
}

const SQRT_PI = 1.772453850905516;
const MANY = 100_000; // degrees of freedom above which four terms of the series in 1/df are exact to 1e-13

/** Γ(x + ½) / Γ(x) for x >= ½: its asymptotic series at x >= 12, and the recurrence down from there. */
function gammaRatio(x: number): number {
  let factor = 1;
  for (; x < 12; x++) factor *= x / (x + 0.5);
  const v = 1 / (x * x);
  const series = -1 / 8 + v * (1 / 192 + v * (-1 / 640 + v * (17 / 14336 + v * (-31 / 18432))));
  return factor * Math.sqrt(x) * exp(series / x);
}

/** P(T > t) for t > 0; puts t · density(t) in `lower`. `ratio` = Γ((df + 1)/2) / Γ(df/2). */
function studentTail(t: number, df: number, ratio: number): number {
  const r = t / Math.sqrt(df);
  const far = r > 1e8; // then r² + 1 = r², and r² might overflow
  const x = 1 / (1 + r * r); // tail = I_x(df/2, ½) / 2
  const y = far ? 1 : (r * r) / (1 + r * r);
  const front = (ratio / SQRT_PI) * exp(-0.5 * df * (far ? 2 * log(r) : log1p(r * r))) * Math.sqrt(y);
  lower[0] = front;
  const a = df / 2;
  if (x < (a + 1) / (a + 2.5)) return (0.5 * front * betaFraction(a, 0.5, x)) / a;
  return 0.5 - front * betaFraction(0.5, a, y);
}

/** Continued fraction of the incomplete beta function, by W. J. Lentz's method; x < (a + 1) / (a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 2e-16) break;
  }
  return fraction;
}

/** t from the normal quantile z, for many degrees of freedom (Abramowitz and Stegun 26.7.5). */
function studentFromNormal(z: number, df: number): number {
  const v = z * z;
  const g1 = (v + 1) / 4;
  const g2 = ((5 * v + 16) * v + 3) / 96;
  const g3 = (((3 * v + 19) * v + 17) * v - 15) / 384;
  const g4 = ((((79 * v + 776) * v + 1482) * v - 1920) * v - 945) / 92160;
  return z * (1 + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df);
}
