/**
 * Logarithm, exponential, power and quantiles that give the same bits in every engine.
 *
 * Why: the language leaves Math.log, exp and pow to the engine, and engines differ in the last bit of some
 * 3-10 % of arguments; one such bit in one draw makes two runs of one seed different runs. Everything here is
 * + - * / and sqrt, which IEEE 754 rounds in one way only, and bit access, in a fixed order.
 *
 * Error bounds below are in ulp (units in the last place); the tests hold them against 60-digit values.
 *
 * `log` and `exp` follow fdlibm's method and coefficients: Copyright (C) 1993 by Sun Microsystems, Inc. All
 * rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify,
 * and distribute this software is freely granted, provided that this notice is preserved.
 */
import { invariant } from './errors.ts';

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
const HIGH = 1;
float[0] = 1;
invariant(words[HIGH] === 0x3ff00000, 'unwind needs a little-endian machine: bytes of worlds are compared');

// 2^k for k = -1024..1023. A table, since writing a word and reading the double stalls the processor.
const SMALLEST = -1024;
const POWERS = new Float64Array(2048);
for (let k = 0, up = 1, down = 1; k < 1024; k++, up *= 2) {
  POWERS[k - SMALLEST] = up;
  down /= 2;
  POWERS[-SMALLEST - 1 - k] = down;
}

const LN2_HIGH = 0.6931471803691238; // 32 bits of ln 2, so that k · LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const LOG2_E = 1.4426950408889634;
const TWO_54 = 18014398509481984;
const SQRT_HALF_OFFSET = 0x95f62; // high word of 1 less that of √½: shifts the cut between binades to √½

/** k with x = 2^k · m and √½ <= m < √2; x positive, finite and not subnormal. */
function exponentOf(x: number): number {
  float[0] = x;
  return ((words[HIGH]! + SQRT_HALF_OFFSET) >> 20) - 1023;
}

/** Natural logarithm; error < 1 ulp. log(0) = -Infinity, log(x < 0) = NaN. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= TWO_54;
    k = -54;
  }
  const shift = exponentOf(x);
  k += shift;
  // log(1 + f) = f - (h - s (h + R)); s = f / (2 + f), h = f²/2, R(s²) = minimax for the rest, to 2^-58.45
  const f = x * POWERS[-shift - SMALLEST]! - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + (even + odd)) + k * LN2_LOW) - f);
}

/** e^x; error < 1 ulp. Overflows to Infinity above 709.78, underflows to 0 below -745.13. */
export function exp(x: number): number {
  CELL[0] = x;
  expInPlace(CELL);
  return CELL[0];
}

const CELL = new Float64Array(1);

/** cell[0] ← e^cell[0]: for loops that must not allocate. A double passed to or from a large function is boxed. */
export function expInPlace(cell: Float64Array): void {
  const x = cell[0]!;
  if (x !== x) cell[0] = NaN;
  else if (x > 710) cell[0] = Infinity;
  else if (x < -746) cell[0] = 0;
  else cell[0] = expOfSum(x, 0);
}

/** e^(x + low), |x| <= 746, |low| at most an ulp or so of x; error < 0.85 ulp. */
function expOfSum(x: number, low: number): number {
  const k = Math.floor(LOG2_E * x + 0.5);
  const high = x - k * LN2_HIGH;
  const rest = k * LN2_LOW - low;
  const r = high - rest; // x + low = k ln 2 + r, |r| <= ½ ln 2; e^r = 1 + r + r c / (2 - c)
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (rest - (r * c) / (2 - c) - high);
  if (k > 1023) return y * 2 * POWERS[k - 1 - SMALLEST]!;
  if (k >= -1021) return y * POWERS[k - SMALLEST]!;
  return y * POWERS[k + 1000 - SMALLEST]! * POWERS[-1000 - SMALLEST]!; // one rounding, into a subnormal
}

/** log(1 + x), also where x is tiny; error < 2 ulp. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1 || u === Infinity) return x;
  if (!(u > 0)) return log(u);
  return log(u) + (x - (u - 1)) / u; // the second term gives back what rounding took from u
}

/** e^x - 1, also where x is tiny; error < 3 ulp (W. Kahan: errors of u cancel in (u - 1) / log u). */
export function expm1(x: number): number {
  const u = exp(x);
  if (u === 1) return x;
  if (Math.abs(x) > 40) return u - 1;
  return ((u - 1) * x) / log(u);
}

/** a · b - p, exactly, where p is a · b rounded (T. J. Dekker, 1971); |a|, |b| < 2^996. */
function productError(a: number, b: number, p: number): number {
  const ta = 134217729 * a;
  const aHigh = ta - (ta - a);
  const aLow = a - aHigh;
  const tb = 134217729 * b;
  const bHigh = tb - (tb - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

const lower = new Float64Array(1); // second result of logInTwo

/** log x as a sum of two doubles, to about 2^-64 of its size: the larger returned, the smaller in `lower`. */
function logInTwo(x: number): number {
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= TWO_54;
    k = -54;
  }
  const shift = exponentOf(x);
  k += shift;
  const m = x * POWERS[-shift - SMALLEST]!;
  const f = m - 1;
  // s = f / (2 + f) in two doubles, z = s² in two doubles
  const d = m + 1;
  const dLow = m - (d - 1);
  const s = f / d;
  const sd = s * d;
  const sLow = (f - sd - productError(s, d, sd) - s * dLow) / d;
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  // log m = 2 s (1 + T); T = z/3 + z²/5 + z³/7 + ..., z < 0.0295: the first term in two doubles
  let series = 0;
  for (let n = 27; n >= 5; n -= 2) series = 1 / n + z * series;
  const third = z * 0.3333333333333333;
  const thirdLow = productError(z, 0.3333333333333333, third) + z * 1.850371707708594e-17;
  const tail = zLow * 0.3333333333333333 + thirdLow + z * z * series;
  const twice = 2 * s;
  const high = twice * third;
  const low = productError(twice, third, high) + twice * tail + 2 * sLow * (1 + third);
  // k ln 2 + 2 s + the rest, each addition with what it rounds off
  const base = k * LN2_HIGH;
  const sum = base + twice;
  const sumLow = k === 0 ? 0 : base - sum + twice;
  const total = sum + high;
  const totalLow = sum - total + high + (sumLow + (low + k * LN2_LOW));
  const result = total + totalLow;
  lower[0] = total - result + totalLow;
  return result;
}

/** x^y with the special cases of Math.pow; error < 1 ulp, and exact where the result is a double. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  const sign = (x < 0 || 1 / x < 0) && Math.abs(y % 2) === 1 ? -1 : 1;
  if (size === 0 || size === Infinity) return sign * ((size === 0) === y < 0 ? Infinity : 0);
  if (x < 0 && Math.floor(y) !== y) return NaN;
  if (size === 1) return sign;
  const high = logInTwo(size);
  const power = y * high;
  if (power > 710) return sign * Infinity;
  if (power < -746) return sign * 0;
  return sign * expOfSum(power, productError(y, high, power) + y * lower[0]!);
}

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
