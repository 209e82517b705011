/**
 * Draws: sfc32 against two published sequences, each method's law by chi-square, Kolmogorov-Smirnov and
 * moments at fixed seeds, with wrong laws that must be noticed, and golden first draws.
 */
import { describe, expect, test } from 'vitest';
import { normalCdf } from '../../src/core/quantiles.ts';
import { createRng, Rng } from '../../src/core/rng.ts';
import { deriveStream, expandSeed } from '../../src/core/seed.ts';

const FAIR = 4.5; // standard deviations
const column = (...values: number[]): Int32Array => Int32Array.from(values);

/** Chi-square of counts that should be equal, as a standard normal (Wilson and Hilferty, 1931). */
function unevenness(counts: Int32Array): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const free = counts.length - 1;
  const square = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  return (Math.cbrt(square / free) - (1 - 2 / (9 * free))) / Math.sqrt(2 / (9 * free));
}

/**
 * What `draw` gives, through its distribution function, should be uniform: unevenness over 256 equal bins.
 */
function misfit(count: number, draw: () => number, cdf: (x: number) => number): number {
  const counts = new Int32Array(256);
  for (let i = 0; i < count; i++) counts[Math.min(255, Math.floor(256 * cdf(draw())))]!++;
  return unevenness(counts);
}

/** Kolmogorov-Smirnov: √n times the largest distance to the distribution function; 1.95 has p = 0.001. */
function distance(values: Float64Array, cdf: (x: number) => number): number {
  values.sort();
  let most = 0;
  values.forEach((x, i) => {
    const p = cdf(x);
    most = Math.max(most, p - i / values.length, (i + 1) / values.length - p);
  });
  return most * Math.sqrt(values.length);
}

/** Moments 1-4 of `draw` less the true ones, in standard errors. */
function momentErrors(count: number, draw: () => number, moment: (order: number) => number): number[] {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = draw();
    sums[0]! += x;
    sums[1]! += x * x;
    sums[2]! += x * x * x;
    sums[3]! += x * x * x * x;
  }
  return sums.map((sum, k) => {
    const order = k + 1;
    const sd = Math.sqrt((moment(2 * order) - moment(order) ** 2) / count);
    return (sum / count - moment(order)) / sd;
  });
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const evenFactorial = (n: number): number => (n < 2 ? 1 : (n - 1) * evenFactorial(n - 2));
const normalMoment = (order: number): number => (order % 2 === 1 ? 0 : evenFactorial(order));
const exponentialCdf = (x: number): number => -Math.expm1(-x);

describe('sfc32', () => {
  test('gives the sequence of PractRand 0.94 (as in Apache Commons RNG)', () => {
    // commons-rng-core, DotyHumphreySmallFastCounting32Test.testReferenceCode; its seeding discards 15
    const rng = new Rng(column(0xbb3c4104), column(0x02294965), column(0xda1ce2a9), column(1));
    for (let i = 0; i < 15; i++) rng.u32();
    // prettier-ignore
    const expected = [0x89b5c414, 0x7ee57639, 0xdbe18f7b, 0x94aa0162, 0xa22bff0a, 0x21c91fb8, 0x2c6fd6fe,
      0xcda90d13, 0x019684ca, 0xe5b400c0, 0x459d8590, 0x3aec0a1e, 0x254dac77, 0xbe10ae80, 0x9ac27819,
      0xd17d10c6, 0x71a69026, 0x4bb2bdda, 0x70853646, 0xda28f272, 0x879200d9, 0x8c2f8b5b, 0x8a87cb78,
      0x27ffdced, 0x988a2b7b, 0xf220ef9b, 0x13b8984f, 0x345d1732, 0x8f5bc6fc, 0x092b09ff, 0x046bd2b0,
      0xa5a99fc5, 0x19400604, 0xb76e7394, 0x037addd5, 0xe916ed79, 0x94f10dc6, 0xf2ecb45e, 0x69834355,
      0xb814aeb2];
    expect(expected.map(() => rng.u32())).toEqual(expected);
  });

  test('gives the sequence of the Go package maloquacious/prng', () => {
    // sfc32_test.go: SFC32(0, 12345, 0, 1), which discards 12
    const rng = new Rng(column(0), column(12345), column(0), column(1));
    for (let i = 0; i < 12; i++) rng.u32();
    // prettier-ignore
    const expected = [235160590, 2967261163, 116171463, 2882324903, 362604721, 4227106926, 1933307004,
      1608300071, 2256615412, 2701957640];
    expect(expected.map(() => rng.u32())).toEqual(expected);
  });

  test('its counter wraps', () => {
    const rng = new Rng(column(0), column(0), column(0), column(-1));
    expect([rng.int32(), rng.d[0], rng.int32(), rng.d[0]]).toEqual([-1, 0, 0, 1]);
  });
});

// prettier-ignore
const GOLDEN = {
  u32: [1352390751, 2534463860, 3254692390, 3610798912, 1414616880],
  int32: [1352390751, -1760503436, -1040274906, -684168384, 1414616880],
  uniform: [0.31487800902687013, 0.5901008518412709, 0.7577921240590513, 0.8407046347856522,
    0.32936615869402885],
  uniform53: [0.31487800620571404, 0.757792128925805, 0.32936615574151806, 0.20342002471777765,
    0.693791985991291],
  below: [314878, 590100, 757792, 840704, 329366],
  chance: [true, false, false, false, true],
  exponential: [1.1496278794647325, 4.075344949134318, 0.4974351117690508, 0.726508906277192,
    2.724719123939601],
  normal: [1.018729149204092, -0.9812877443590817, 0.6281687253738618, 0.6496722224130446,
    -1.033907197502475],
  lognormal: [4.523855308273028, 1.6642193053915892, 3.7213420251909146, 3.761568825503758,
    1.6210051199288429],
  pareto: [14.66985027865698, 38.90152330511268, 11.803508253671694, 12.740102917648867, 24.799532469920813],
};

test('the first draws of each method (golden)', () => {
  const five = (draw: (rng: Rng) => number | boolean): (number | boolean)[] => {
    const rng = createRng('golden');
    return [1, 2, 3, 4, 5].map(() => draw(rng));
  };
  expect({
    u32: five((rng) => rng.u32()),
    int32: five((rng) => rng.int32()),
    uniform: five((rng) => rng.uniform()),
    uniform53: five((rng) => rng.uniform53()),
    below: five((rng) => rng.below(1_000_000)),
    chance: five((rng) => rng.chance(0.5)),
    exponential: five((rng) => rng.exponential(2)),
    normal: five((rng) => rng.normal()),
    lognormal: five((rng) => rng.lognormal(1, 0.5)),
    pareto: five((rng) => rng.pareto(10, 1.5)),
  }).toEqual(GOLDEN);
});

describe('state', () => {
  const filled = (rows: number): Rng => {
    const columns = new Int32Array(4 * rows);
    const part = (i: number): Int32Array => columns.subarray(i * rows, (i + 1) * rows);
    const rng = new Rng(part(0), part(1), part(2), part(3));
    for (let row = 0; row < rows; row++) deriveStream(expandSeed('state'), 0, row, 0, rng, row);
    return rng;
  };
  const draws = (rng: Rng): number[] => [rng.normal(), rng.exponential(1), rng.below(77), rng.uniform53()];

  test('is in the columns and nowhere else: copying them forks the streams', () => {
    const rng = filled(4).at(2);
    draws(rng);
    const fork = new Rng(rng.a.slice(), rng.b.slice(), rng.c.slice(), rng.d.slice()).at(2);
    const next = Array.from({ length: 1000 }, () => draws(rng));
    expect(Array.from({ length: 1000 }, () => draws(fork))).toEqual(next);
  });

  test('of one row is not touched by draws from another', () => {
    const apart = [0, 1, 2].map((row) => {
      const rng = filled(3).at(row);
      return Array.from({ length: 300 }, () => rng.normal());
    });
    const together = filled(3);
    const mixed: number[][] = [[], [], []];
    for (let i = 0; i < 300; i++) for (const row of [2, 0, 1]) mixed[row]!.push(together.at(row).normal());
    expect(mixed).toEqual(apart);
  });

  test('different texts are different streams', () => {
    expect(createRng('a').u32()).not.toBe(createRng('b').u32());
    expect(createRng('a').u32()).toBe(createRng('a').u32());
  });
});

describe('uniform draws', () => {
  test.each(['uniform', 'uniform53'] as const)('%s is uniform on [0, 1)', (method) => {
    const rng = createRng(method);
    const draw = (): number => rng[method]();
    const values = Float64Array.from({ length: 100_000 }, draw);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(distance(values, (x) => x)).toBeLessThan(1.95);
    expect(Math.abs(misfit(500_000, draw, (x) => x))).toBeLessThan(FAIR);
    for (const error of momentErrors(500_000, draw, (order) => 1 / (order + 1))) {
      expect(Math.abs(error)).toBeLessThan(FAIR);
    }
  });

  test.each([
    ['uniform', 32],
    ['uniform53', 53],
  ] as const)('%s has %i bits, all of them in use', (method, bits) => {
    const rng = createRng(`bits of ${method}`);
    const ones = new Int32Array(bits);
    let finer = 0; // values with more bits
    for (let i = 0; i < 20_000; i++) {
      let rest = rng[method]();
      for (let place = 0; place < bits; place++) {
        rest *= 2;
        if (rest >= 1) {
          ones[place]!++;
          rest -= 1;
        }
      }
      if (rest > 0) finer++;
    }
    expect(finer).toBe(0);
    for (const n of ones) expect(Math.abs(n - 10_000) / Math.sqrt(5000)).toBeLessThan(FAIR);
  });

  test('a slightly wrong law is seen', () => {
    const rng = createRng('wrong');
    expect(
      misfit(
        500_000,
        () => rng.uniform() ** 1.02,
        (x) => x,
      ),
    ).toBeGreaterThan(FAIR);
    expect(
      distance(
        Float64Array.from({ length: 100_000 }, () => rng.uniform() ** 1.03),
        (x) => x,
      ),
    ).toBeGreaterThan(1.95);
  });
});

describe('below', () => {
  test.each([1, 2, 3, 7, 10, 256, 1000, 65_537])('is even over 0 ... %i - 1', (n) => {
    const rng = createRng(`below ${n}`);
    const counts = new Int32Array(n);
    for (let i = 0; i < 20 * n + 100_000; i++) counts[rng.below(n)]!++;
    if (n === 1) expect([...counts]).toEqual([100_020]);
    else expect(Math.abs(unevenness(counts))).toBeLessThan(FAIR);
  });

  test('is the high word of draw times n, to the last bit, for any n up to 2^32', () => {
    const rng = createRng('products');
    const replay = createRng('products');
    const ns = createRng('ns');
    const wrong: number[] = [];
    for (let i = 0; i < 50_000; i++) {
      const n = i < 100 ? 2 ** 32 - i : Math.max(1, Math.floor(ns.u32() / 2 ** ns.below(32)));
      const incomplete = 2n ** 32n % BigInt(n);
      let product = BigInt(replay.u32()) * BigInt(n);
      while ((product & 0xffffffffn) < incomplete) product = BigInt(replay.u32()) * BigInt(n);
      if (rng.below(n) !== Number(product >> 32n)) wrong.push(n);
    }
    expect(wrong).toEqual([]);
    expect(rng.d).toEqual(replay.d);
  });

  test('has no bias where the plain methods have: n = ¾ 2^32', () => {
    const n = 3 * 2 ** 30;
    const thirds = (draw: () => number): number => {
      const counts = new Int32Array(3);
      for (let i = 0; i < 300_000; i++) counts[Math.floor(draw() / 2 ** 30)]!++;
      return Math.abs(unevenness(counts));
    };
    const evens = (draw: () => number): number => {
      const counts = new Int32Array(3);
      for (let i = 0; i < 300_000; i++) counts[draw() % 3]!++;
      return Math.abs(unevenness(counts));
    };
    const rng = createRng('bias');
    expect(thirds(() => rng.below(n))).toBeLessThan(FAIR);
    expect(evens(() => rng.below(n))).toBeLessThan(FAIR);
    expect(thirds(() => rng.u32() % n)).toBeGreaterThan(50);
    expect(evens(() => Math.floor(rng.uniform() * n))).toBeGreaterThan(50);
  });
});

describe('chance', () => {
  test.each([0.5, 0.1, 0.001, 1 / 3, 0.9999])('is true with probability %d', (p) => {
    const rng = createRng(`chance ${p}`);
    let hits = 0;
    for (let i = 0; i < 400_000; i++) hits += Number(rng.chance(p));
    expect(Math.abs(hits - 400_000 * p) / Math.sqrt(400_000 * p * (1 - p))).toBeLessThan(FAIR);
  });

  test('never at 0 and below, always at 1 and above, with one draw each', () => {
    const rng = createRng('chance');
    for (let i = 0; i < 1000; i++) {
      expect([rng.chance(0), rng.chance(-1), rng.chance(1), rng.chance(2)]).toEqual([
        false,
        false,
        true,
        true,
      ]);
    }
    expect(rng.d[0]).toBe(13 + 4000);
  });

  test('goes on below the step of 2^-32 with a second draw', () => {
    const after = (draw: number, p: number): [boolean, number] => {
      // the next draw is `draw`, the one after it 2 at most
      const rng = new Rng(column(draw - 1), column(0), column(0), column(1));
      return [rng.chance(p), rng.d[0]!];
    };
    expect(after(0, 0.6 * 2 ** -32)).toEqual([true, 3]);
    expect(after(0, 0)).toEqual([false, 3]);
    expect(after(1, 0.6 * 2 ** -32)).toEqual([false, 2]);
    expect(after(5, 6 * 2 ** -32)).toEqual([true, 2]);
    expect(after(6, 6 * 2 ** -32)).toEqual([false, 3]);
  });
});

describe('exponential and normal', () => {
  const COUNT = 2_000_000;
  const EXPONENTIAL_TAIL = 7.69711747013105;
  const NORMAL_TAIL = 3.654152885361009;

  /**
   * How many of `count` draws are beyond `edge`, in standard deviations from `p`, and what they exceed it by.
   */
  function tail(count: number, draw: () => number, edge: number, p: number): [number, Float64Array] {
    const excess: number[] = [];
    for (let i = 0; i < count; i++) {
      const x = draw();
      if (x > edge) excess.push(x - edge);
    }
    return [Math.abs(excess.length - count * p) / Math.sqrt(count * p), Float64Array.from(excess)];
  }

  test('exponential: bins, distance and moments', () => {
    const rng = createRng('exponential');
    const draw = (): number => rng.exponential(1);
    expect(Math.abs(misfit(COUNT, draw, exponentialCdf))).toBeLessThan(FAIR);
    expect(distance(Float64Array.from({ length: 200_000 }, draw), exponentialCdf)).toBeLessThan(1.95);
    for (const error of momentErrors(COUNT, draw, factorial)) expect(Math.abs(error)).toBeLessThan(FAIR);
  });

  test('exponential: the tail beyond the ziggurat is as long as it should be', () => {
    const rng = createRng('exponential tail');
    const [count, excess] = tail(
      2 * COUNT,
      () => rng.exponential(1),
      EXPONENTIAL_TAIL,
      Math.exp(-EXPONENTIAL_TAIL),
    );
    expect(count).toBeLessThan(FAIR);
    expect(distance(excess, exponentialCdf)).toBeLessThan(1.95);
    expect(excess.some((x) => x > 5)).toBe(true);
  });

  test('exponential: the mean is a factor', () => {
    const [one, seven] = [createRng('mean'), createRng('mean')];
    for (let i = 0; i < 1000; i++) expect(seven.exponential(7)).toBe(7 * one.exponential(1));
    expect(one.exponential(0)).toBe(0);
  });

  test('normal: bins, distance and moments', () => {
    const rng = createRng('normal');
    const draw = (): number => rng.normal();
    expect(Math.abs(misfit(COUNT, draw, normalCdf))).toBeLessThan(FAIR);
    expect(distance(Float64Array.from({ length: 200_000 }, draw), normalCdf)).toBeLessThan(1.95);
    for (const error of momentErrors(COUNT, draw, normalMoment)) expect(Math.abs(error)).toBeLessThan(FAIR);
  });

  test('normal: both tails beyond the ziggurat are as long as they should be', () => {
    const rng = createRng('normal tail');
    const beyond = normalCdf(-NORMAL_TAIL);
    const law = (x: number): number => 1 - normalCdf(-NORMAL_TAIL - x) / beyond;
    for (const sign of [1, -1]) {
      const [count, excess] = tail(2 * COUNT, () => sign * rng.normal(), NORMAL_TAIL, beyond);
      expect(count).toBeLessThan(FAIR);
      expect(distance(excess, law)).toBeLessThan(1.95);
      expect(excess.some((x) => x > 0.8)).toBe(true);
    }
  });

  test('a near miss of the normal law is seen: twelve uniforms less six', () => {
    const rng = createRng('twelve');
    const draw = (): number => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += rng.uniform();
      return sum;
    };
    expect(misfit(1_000_000, draw, normalCdf)).toBeGreaterThan(FAIR);
    expect(Math.abs(momentErrors(1_000_000, draw, normalMoment)[3]!)).toBeGreaterThan(FAIR);
    expect(tail(1_000_000, draw, NORMAL_TAIL, normalCdf(-NORMAL_TAIL))[0]).toBeGreaterThan(FAIR);
  });

  /** Chi-square of the joint 16 × 16 bins of each draw and the next. */
  function dependence(count: number, draw: () => number): number {
    const pairs = new Int32Array(256);
    let before = 0;
    for (let i = 0; i <= count; i++) {
      const bin = Math.floor(16 * normalCdf(draw()));
      if (i > 0) pairs[before * 16 + bin]!++;
      before = bin;
    }
    return Math.abs(unevenness(pairs));
  }

  test('normal: a draw says nothing of the next one, which would be seen', () => {
    const rng = createRng('pairs');
    expect(dependence(COUNT, () => rng.normal())).toBeLessThan(FAIR);
    let last = 0;
    const dependent = (): number => (last = 0.02 * last + Math.sqrt(1 - 0.02 ** 2) * rng.normal());
    expect(dependence(COUNT, dependent)).toBeGreaterThan(FAIR);
  });

  /** A generator whose next two draws are `high` and `rest`, and the others random. */
  function forced(high: number, rest: number, random: Rng): Rng {
    const b = random.int32();
    const d = random.int32();
    const c = Math.imul(rest - (b ^ (b >>> 9)) - d - 1, 0x38e38e39); // sfc32 solved for its state; 1/9 mod 2^32
    return new Rng(column(high - b - d), column(b), column(c), column(d));
  }

  test('what is beyond the ziggurat has the law of the tail, to 1 % of it', () => {
    const random = createRng('tails');
    const layer0 = (): number => random.int32() & ~255;
    const beyond = normalCdf(-NORMAL_TAIL);
    const law = (x: number): number => 1 - normalCdf(-NORMAL_TAIL - x) / beyond;
    const excesses = (draw: () => number): Float64Array => Float64Array.from({ length: 40_000 }, draw);
    const above = excesses(() => forced(0x7fffffff, layer0(), random).normal() - NORMAL_TAIL);
    const below = excesses(() => -forced(-0x80000000, layer0(), random).normal() - NORMAL_TAIL);
    const waits = excesses(() => forced(-1, layer0(), random).exponential(1) - EXPONENTIAL_TAIL);
    expect(distance(above, law)).toBeLessThan(1.95);
    expect(distance(below, law)).toBeLessThan(1.95);
    expect(distance(waits, exponentialCdf)).toBeLessThan(1.95);
    // the exponential that the normal tail is cut out of would be noticed
    const uncut = excesses(() => random.exponential(1 / NORMAL_TAIL));
    expect(distance(uncut, law)).toBeGreaterThan(5);
  });

  test('the layer and the position in it are of different bits', () => {
    const random = createRng('bits');
    for (const draw of [(rng: Rng): number => rng.normal(), (rng: Rng): number => rng.exponential(1)]) {
      for (let i = 0; i < 1000; i++) {
        const high = random.int32() & 0x3fffffff; // well inside of the layers
        const rest = (random.int32() & ~255) | (1 + random.below(200));
        const x = draw(forced(high, rest, random));
        expect(Math.abs(draw(forced(high ^ 255, rest, random)) - x)).toBeLessThan(1e-5);
        expect(Math.abs(draw(forced(high, rest ^ 0xffffff00, random)) - x)).toBeLessThan(1e-5);
        expect(Math.abs(draw(forced(high, rest + 1, random)) / x - 1)).toBeGreaterThan(1e-5);
      }
    }
  });
});

describe('lognormal and pareto', () => {
  test('lognormal: its logarithm is normal with mean mu and deviation sigma', () => {
    const rng = createRng('lognormal');
    const draw = (): number => (Math.log(rng.lognormal(2, 0.7)) - 2) / 0.7;
    expect(Math.abs(misfit(400_000, draw, normalCdf))).toBeLessThan(FAIR);
    expect(rng.lognormal(3, 0)).toBeCloseTo(Math.exp(3), 12);
  });

  test('pareto: P(X > x) = (min / x)^alpha', () => {
    const rng = createRng('pareto');
    const draw = (): number => rng.pareto(5, 1.3);
    expect(Math.abs(misfit(400_000, draw, (x) => 1 - (5 / x) ** 1.3))).toBeLessThan(FAIR);
    expect(Float64Array.from({ length: 10_000 }, draw).every((x) => x >= 5)).toBe(true);
  });
});

test('parameters that make no law are refused, with the value', () => {
  const rng = createRng('refused');
  expect(() => rng.below(0)).toThrow('random below: 0, but it must be a whole number from 1 to 2^32');
  for (const n of [-1, 1.5, NaN, Infinity, 2 ** 32 + 1]) expect(() => rng.below(n)).toThrow('random below');
  expect(() => rng.chance(NaN)).toThrow('random chance: NaN');
  for (const mean of [-1, NaN, Infinity]) expect(() => rng.exponential(mean)).toThrow('random exponential');
  for (const sigma of [-1, NaN, Infinity]) expect(() => rng.lognormal(0, sigma)).toThrow('random lognormal');
  expect(() => rng.pareto(0, 1)).toThrow('random pareto: 0');
  expect(() => rng.pareto(1, 0)).toThrow('random pareto: 0');
  expect(() => rng.pareto(1, NaN)).toThrow('random pareto: NaN');
  for (const row of [-1, 1, NaN]) expect(() => rng.at(row)).toThrow('random row');
  expect(() => new Rng(column(1), column(1), column(1), column(1, 2))).toThrow('must have one length');
  expect(() => new Rng(column(), column(), column(), column())).toThrow('must have one length');
});
