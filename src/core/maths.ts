/**
 * Logarithm, exponential, power and sine that give the same bits in every engine.
 *
 * Why: the language leaves Math.log, exp and pow to the engine, and engines differ in the last bit of some
 * 3-10 % of arguments; one such bit in one draw makes two runs of one seed different runs. Everything here is
 * + - * / and sqrt, which IEEE 754 rounds in one way only, and bit access, in a fixed order.
 *
 * Error bounds below are in ulp (units in the last place); the tests hold them against 60-digit values.
 *
 * `log`, `exp` and `sin` follow fdlibm's method and coefficients: Copyright (C) 1993 by Sun Microsystems, Inc. All
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

const HALF_PI_HIGH = 1.5707963267341256; // 33 bits of π/2, so that k · HALF_PI_HIGH is exact
const HALF_PI_LOW = 6.077100506506192e-11;
const MOST_SIN = 1e6;

/** Sine of |x| ≤ 10^6 radians; error < 1 ulp, or 10^-19 near its zeros. NaN beyond. */
export function sin(x: number): number {
  if (x === 0) return x; // with its sign
  if (!(Math.abs(x) <= MOST_SIN)) return NaN;
  const k = Math.round(x / (HALF_PI_HIGH + HALF_PI_LOW));
  const high = x - k * HALF_PI_HIGH;
  const low = k * HALF_PI_LOW;
  const r = high - low; // in ±π/4, and what it lacks
  const rest = high - r - low;
  const z = r * r;
  const quarter = k & 3;
  const value = (quarter & 1) === 0 ? sinOf(r, rest, z) : cosOf(r, rest, z);
  return quarter < 2 ? value : -value;
}

/** Of r + rest in ±π/4, z = r²: r - r³/6 + r³ P(z), P minimax to 2^-58. */
function sinOf(r: number, rest: number, z: number): number {
  const cube = z * r;
  const p =
    0.00833333333332249 +
    z *
      (-1.984126982985795e-4 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return r - (z * (0.5 * rest - cube * p) - rest - cube * -0.16666666666666632);
}

/** Of r + rest in ±π/4, z = r²: 1 - z/2 + z² Q(z), Q minimax to 2^-58. */
function cosOf(r: number, rest: number, z: number): number {
  const q =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const one = 1 - half;
  return one + (1 - one - half + (z * q - r * rest));
}
