/**
 * Random draws from sfc32 streams that live in the rows of a table.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain): 128 bits of state, of which one word is a counter,
 * so every cycle is at least 2^32 long (2^127 on average); passes PractRand and BigCrush; only additions,
 * shifts and xors of 32-bit words, the fastest thing JavaScript has.
 *
 * An Rng is a hand that points at a row: the state is in the columns and nowhere else (no spare normal
 * deviate, no buffer), so that copying the world forks all its streams. No draw allocates. Exponential and
 * normal deviates come from ziggurats (G. Marsaglia and W. W. Tsang, 2000) in J. A. Doornik's form (2005):
 * layer and position are taken from different bits, whose sharing made the first ziggurats fail tests.
 */
import { InvariantError, invariant } from './errors.ts';
import { exp, expInPlace, log } from './maths.ts';
import { normalCdf } from './quantiles.ts';
import { deriveStream, expandSeed, hashName } from './seed.ts';

const TWO_32 = 4294967296;
const PER_32 = 1 / TWO_32;
const PER_52 = 1 / 4503599627370496;
const PER_53 = 1 / 9007199254740992;

/**
 * A ziggurat: 256 layers of equal area under a falling density f on [0, ∞). Layer i >= 1 is the box of width
 * x[i] between the heights f(x[i]) and f(x[i+1]); layer 0 is the box below f(r), r = x[1], with the tail
 * beyond r, so x[0] = area / f(r) is the width that a box of that area would have. x[256] = 0.
 */
interface Ziggurat {
  readonly x: Float64Array;
  readonly f: Float64Array;
}

const LAYERS = 256;

function ziggurat(
  r: number,
  area: number,
  density: (x: number) => number,
  inverse: (f: number) => number,
): Ziggurat {
  const x = new Float64Array(LAYERS + 1);
  const f = new Float64Array(LAYERS + 1);
  x[0] = area / density(r);
  x[1] = r;
  for (let i = 2; i < LAYERS; i++) x[i] = inverse(area / x[i - 1]! + density(x[i - 1]!));
  for (let i = 0; i < LAYERS; i++) f[i] = density(x[i]!);
  f[LAYERS] = 1;
  const top = area / x[LAYERS - 1]! + f[LAYERS - 1]!;
  invariant(Math.abs(top - 1) < 1e-9, 'the layers of a ziggurat must end at the top of the density');
  return { x, f };
}

// r: the only tail start for which 256 equal layers end exactly at f = 1 (Marsaglia and Tsang, table 1).
const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL = ziggurat(
  EXPONENTIAL_TAIL,
  (EXPONENTIAL_TAIL + 1) * exp(-EXPONENTIAL_TAIL),
  (x) => exp(-x),
  (f) => -log(f),
);

const NORMAL_TAIL = 3.654152885361009;
const SQRT_TWO_PI = 2.5066282746310007;
const NORMAL = ziggurat(
  NORMAL_TAIL,
  NORMAL_TAIL * exp(-0.5 * NORMAL_TAIL * NORMAL_TAIL) + SQRT_TWO_PI * normalCdf(-NORMAL_TAIL),
  (x) => exp(-0.5 * x * x),
  (f) => Math.sqrt(-2 * log(f)),
);

const EX = EXPONENTIAL.x;
const EF = EXPONENTIAL.f;
const NX = NORMAL.x;
const NF = NORMAL.f;

/**
 * Where the ziggurats leave their deviate. A function too large to be inlined would return it in a heap number; through
 * this cell, and small wrappers that are inlined, a draw allocates nothing. Read at once after each draw.
 */
const DRAWN = new Float64Array(1);

export class Rng {
  // Declared only: an emitted field is set to undefined first, is then no constant to V8, and a draw takes 4
  // ns, not 2.
  declare readonly a: Int32Array;
  declare readonly b: Int32Array;
  declare readonly c: Int32Array;
  declare readonly d: Int32Array;
  /** The row whose stream the next draw is from. */
  declare row: number;

  /** Four columns of one length; their rows are set by `deriveStream`. */
  constructor(a: Int32Array, b: Int32Array, c: Int32Array, d: Int32Array) {
    invariant(
      a.length > 0 && b.length === a.length && c.length === a.length && d.length === a.length,
      'the four columns of random streams must have one length',
    );
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.row = 0;
  }

  /** Points at a row. */
  at(row: number): this {
    if (!(row >= 0 && row < this.a.length)) refuse('row', row, `a row of ${this.a.length} streams`);
    this.row = row;
    return this;
  }

  /** One draw of 32 bits, as a signed integer. */
  int32(): number {
    const { a, b, c, d, row } = this;
    const second = b[row]!;
    const third = c[row]!;
    const counter = d[row]!;
    const drawn = (a[row]! + second + counter) | 0;
    d[row] = (counter + 1) | 0;
    a[row] = second ^ (second >>> 9);
    b[row] = (third + (third << 3)) | 0;
    c[row] = (((third << 21) | (third >>> 11)) + drawn) | 0;
    return drawn;
  }

  /** One draw: an integer, uniform on 0 ... 2^32 - 1. */
  u32(): number {
    return this.int32() >>> 0;
  }

  /** One draw: uniform on [0, 1) in steps of 2^-32. */
  uniform(): number {
    return (this.int32() >>> 0) * PER_32;
  }

  /** Two draws: uniform on [0, 1) in steps of 2^-53. */
  uniform53(): number {
    const high = this.int32() >>> 5;
    return (high * 67108864 + (this.int32() >>> 6)) * PER_53;
  }

  /**
   * An integer, uniform on 0 ... n - 1, without bias, for whole n in 1 ... 2^32; nearly always one draw. D.
   * Lemire, "Fast random integer generation in an interval", 2019: the high word of draw · n, draws whose low
   * word falls into the incomplete part taken again.
   */
  below(n: number): number {
    if (!(n >= 1 && n <= TWO_32 && Math.floor(n) === n)) refuse('below', n, 'a whole number from 1 to 2^32');
    let draw = this.int32() >>> 0;
    let low = Math.imul(draw, n) >>> 0;
    if (low < n) {
      const incomplete = (TWO_32 - n) % n;
      while (low < incomplete) {
        draw = this.int32() >>> 0;
        low = Math.imul(draw, n) >>> 0;
      }
    }
    // draw · n is rounded to 53 bits, off by less than 2^12; without its low word, a multiple of 2^32 but for
    // that
    return Math.floor((draw * n - low) * PER_32 + 0.5);
  }

  /** True with probability p (p <= 0: never, p >= 1: always); one draw, a second one once in 2^32. */
  chance(p: number): boolean {
    DRAWN[0] = p;
    return this.drawChance();
  }

  private drawChance(): boolean {
    const p = DRAWN[0]!;
    if (p !== p) refuse('chance', p, 'a probability');
    const scaled = p * TWO_32;
    const whole = Math.floor(scaled);
    const draw = this.int32() >>> 0;
    return draw === whole ? this.uniform() < scaled - whole : draw < whole;
  }

  /** Exponential with the given mean: the wait for an event that comes at rate 1 / mean. */
  exponential(mean: number): number {
    DRAWN[0] = mean;
    this.drawScaled();
    return DRAWN[0];
  }

  private drawScaled(): void {
    const mean = DRAWN[0]!;
    if (!(mean >= 0 && mean < Infinity)) refuse('exponential', mean, 'a mean of at least 0');
    this.drawExponential();
    DRAWN[0] = mean * DRAWN[0]!;
  }

  /** Standard normal. */
  normal(): number {
    this.drawNormal();
    return DRAWN[0]!;
  }

  private drawNormal(): void {
    for (;;) {
      const high = this.int32(); // its sign is the deviate's sign
      const rest = this.int32(); // bits 0-7 layer, 11-31 the position's low bits
      const layer = rest & 255;
      const x = (high * 2097152 + (rest >>> 11) + 0.5) * PER_52 * NX[layer]!;
      if (Math.abs(x) < NX[layer + 1]!) {
        DRAWN[0] = x;
        return;
      }
      if (layer === 0) {
        this.drawNormalTail();
        if (x < 0) DRAWN[0] = -DRAWN[0]!;
        return;
      }
      const y = NF[layer]! + (this.int32() >>> 0) * PER_32 * (NF[layer + 1]! - NF[layer]!);
      DRAWN[0] = -0.5 * x * x;
      expInPlace(DRAWN);
      if (y < DRAWN[0]) {
        DRAWN[0] = x;
        return;
      }
    }
  }

  /** e^(mu + sigma Z), Z standard normal: mu and sigma are of the logarithm; the median is e^mu. */
  lognormal(mu: number, sigma: number): number {
    if (!(sigma >= 0 && sigma < Infinity)) refuse('lognormal', sigma, 'a sigma of at least 0');
    return exp(mu + sigma * this.normal());
  }

  /** P(X > x) = (min / x)^alpha for x >= min: the logarithm of X / min is exponential with mean 1 / alpha. */
  pareto(min: number, alpha: number): number {
    if (!(min > 0 && alpha > 0)) refuse('pareto', min > 0 ? alpha : min, 'min and alpha above 0');
    this.drawExponential();
    return min * exp(DRAWN[0]! / alpha);
  }

  /** Mean 1. */
  private drawExponential(): void {
    let beyond = 0; // past r the exponential looks as it does from 0
    for (;;) {
      const high = this.int32() >>> 0;
      const rest = this.int32(); // bits 0-7 layer, 11-31 the position's low bits
      const layer = rest & 255;
      const x = (high * 2097152 + (rest >>> 11)) * PER_53 * EX[layer]!;
      if (x < EX[layer + 1]!) {
        DRAWN[0] = beyond + x;
        return;
      }
      if (layer === 0) {
        beyond += EXPONENTIAL_TAIL;
      } else {
        const y = EF[layer]! + (this.int32() >>> 0) * PER_32 * (EF[layer + 1]! - EF[layer]!);
        DRAWN[0] = -x;
        expInPlace(DRAWN);
        if (y < DRAWN[0]) {
          DRAWN[0] = beyond + x;
          return;
        }
      }
    }
  }

  /**
   * A normal deviate given that it is above r (Marsaglia, 1964): r + E1 / r, accepted if 2 E2 > (E1 / r)².
   */
  private drawNormalTail(): void {
    for (;;) {
      this.drawExponential();
      const past = DRAWN[0]! / NORMAL_TAIL;
      this.drawExponential();
      if (2 * DRAWN[0]! > past * past) {
        DRAWN[0] = NORMAL_TAIL + past;
        return;
      }
    }
  }
}

/**
 * A stream of its own, outside any world: for resampling and tests. Different texts are different streams.
 */
export function createRng(master: string): Rng {
  const rng = new Rng(new Int32Array(1), new Int32Array(1), new Int32Array(1), new Int32Array(1));
  deriveStream(expandSeed(master), hashName('createRng'), 0, 0, rng, 0);
  return rng;
}

function refuse(draw: string, value: number, needed: string): never {
  throw new InvariantError(`random ${draw}: ${value}, but it must be ${needed}`);
}
