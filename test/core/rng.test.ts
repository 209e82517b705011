/** The generator: sfc32 against two published sequences, golden first draws of each method, its state, what it refuses. */
import { describe, expect, test } from 'vitest';
import { createRng, Rng } from '../../src/core/rng.ts';
import { deriveStream, expandSeed } from '../../src/core/seed.ts';

const column = (...values: number[]): Int32Array => Int32Array.from(values);

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
