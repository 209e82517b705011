/**
 * Seeds: different texts are different runs, neighbouring streams are strangers, and both would be noticed if
 * not.
 *
 * `suspicion` is the judge: the largest of several statistics, each about standard normal if streams are
 * independent and uniform. Seeds are fixed, so the tests never flicker; a bound of 5 is passed by 999 fair
 * seedings in 1,000, and the poor seedings that are tried with it are far beyond.
 */
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { createRng, Rng } from '../../src/core/rng.ts';
import { deriveStream, expandSeed, hashName } from '../../src/core/seed.ts';

const MANY = 40_000;
const FAIR = 5;

const table = (rows: number): Rng =>
  new Rng(new Int32Array(rows), new Int32Array(rows), new Int32Array(rows), new Int32Array(rows));

/** Chi-square of counts that should be equal, as a standard normal (Wilson and Hilferty, 1931). */
function unevenness(counts: Int32Array): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const expected = total / counts.length;
  const free = counts.length - 1;
  const square = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  return (Math.cbrt(square / free) - (1 - 2 / (9 * free))) / Math.sqrt(2 / (9 * free));
}

/** Standardised correlation of neighbours in a list of values uniform on 0 ... 2^32 - 1. */
function correlation(values: Uint32Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < values.length; i++)
    sum += (values[i]! / 2 ** 32 - 0.5) * (values[i - lag]! / 2 ** 32 - 0.5);
  return (12 * sum) / Math.sqrt(values.length - lag);
}

/** How suspicious a list is of one draw from each of many neighbouring streams. */
function suspicion(draws: Uint32Array): number {
  const distinct = new Set(draws).size;
  const pairs = draws.length ** 2 / 2 ** 33; // coincidences to expect
  let worst = (draws.length - distinct - pairs) / Math.sqrt(pairs + 1);
  for (let shift = 0; shift < 32; shift += 8) {
    const bytes = new Int32Array(256);
    const nibbles = new Int32Array(256); // of a stream and the next
    draws.forEach((draw, i) => {
      bytes[(draw >>> shift) & 255]!++;
      if (i > 0) nibbles[((draw >>> shift) & 15) * 16 + ((draws[i - 1]! >>> shift) & 15)]!++;
    });
    worst = Math.max(worst, Math.abs(unevenness(bytes)), Math.abs(unevenness(nibbles)));
  }
  for (const lag of [1, 2, 3]) worst = Math.max(worst, Math.abs(correlation(draws, lag)));
  return worst;
}

describe('expandSeed', () => {
  test("rests on seedrandom's ARC4 as published", () => {
    // README of seedrandom 3.0.5
    const source = seedrandom('hello.');
    expect([source(), source(), source.quick(), source.int32()]).toEqual([
      0.9282578795792454, 0.3752569768646784, 0.7316977467853576, 1966374204,
    ]);
  });

  test('is the first four words of ARC4, keyed with the text and an end mark (golden)', () => {
    const source = seedrandom('golden\0');
    expect([...expandSeed('golden')]).toEqual([0, 0, 0, 0].map(() => source.int32()));
    expect([...expandSeed('golden')]).toEqual([130068353, 273810976, 527825266, 724294505]);
  });

  test('seeds that seedrandom itself takes for one are different', () => {
    expect(seedrandom('1').int32()).toBe(seedrandom('111').int32()); // ARC4 repeats its key
    expect(seedrandom('a').int32()).toBe(seedrandom('š').int32()); // and sees only low bytes
    // prettier-ignore
    const texts = ['', '\0', '0', '1', '11', '111', '1\0', 'a', 'aa', 'š', '%0161', '%', 'ab', 'abab', 'x/1',
      'x/11', '\ud800', '\udfff', 'x'.repeat(300), 'y' + 'x'.repeat(299),
      'x'.repeat(299) + 'y', 'x'.repeat(301)];
    expect(new Set(texts.map((text) => expandSeed(text).join())).size).toBe(texts.length);
  });

  test('40,000 runs in sequence begin differently, evenly and independently', () => {
    const stream = table(1);
    const draws = Uint32Array.from({ length: MANY }, (_, run) => {
      deriveStream(expandSeed(`x/${run}`), 1, 0, 0, stream, 0);
      return stream.u32();
    });
    expect(suspicion(draws)).toBeLessThan(FAIR);
    expect(new Set(draws).size).toBeGreaterThanOrEqual(MANY - 3);
  });

  test('generators that fail this are seen: xor128 and xorwow, seeded in sequence', () => {
    for (const poor of [seedrandom.xor128, seedrandom.xorwow]) {
      const first = (seed: unknown): number => poor(seed as string).int32() >>> 0;
      const fromTexts = Uint32Array.from({ length: MANY }, (_, run) => first(`x/${run}`));
      const fromNumbers = Uint32Array.from({ length: MANY }, (_, run) => first(run));
      expect(suspicion(fromTexts)).toBeGreaterThan(20);
      expect(suspicion(fromNumbers)).toBeGreaterThan(100);
    }
  });
});

describe('deriveStream', () => {
  const key = expandSeed('streams');
  type Address = (i: number) => [group: number, index: number, purpose: number];
  const walks: [string, Address][] = [
    ['index', (i) => [hashName('trend'), i, 0]],
    ['group', (i) => [i, 7, 3]],
    ['purpose', (i) => [hashName('noise'), 123, i]],
    ['negative index', (i) => [0, -i, 0]],
    ['index by 65,536', (i) => [1, (i << 16) | 0, 1]],
    ['group and purpose against each other', (i) => [i, 0, -i]],
    ['hashes of neighbouring names', (i) => [hashName(`group ${i}`), 0, 0]],
  ];

  test.each(walks)('neighbours by %s draw differently, evenly and independently', (_, address) => {
    const stream = table(1);
    const draws = new Uint32Array(MANY);
    const later = new Uint32Array(MANY);
    for (let i = 0; i < MANY; i++) {
      deriveStream(key, ...address(i), stream, 0);
      draws[i] = stream.u32();
      for (let skip = 0; skip < 9; skip++) stream.u32();
      later[i] = stream.u32();
    }
    expect(suspicion(draws)).toBeLessThan(FAIR);
    expect(suspicion(later)).toBeLessThan(FAIR);
    expect(new Set(draws).size).toBeGreaterThanOrEqual(MANY - 3);
  });

  test('poor ways to seed neighbours are seen', () => {
    const firstDraws = (discarded: number, seed: (i: number) => [number, number, number]): Uint32Array =>
      Uint32Array.from({ length: MANY }, (_, i) => {
        const stream = table(1);
        [stream.a[0], stream.b[0], stream.c[0]] = seed(i);
        stream.d[0] = 1;
        for (let skip = 0; skip < discarded; skip++) stream.u32();
        return stream.u32();
      });
    const [x, y, z] = [key[0]!, key[1]!, key[2]!];
    expect(suspicion(firstDraws(0, (i) => [x, y ^ i, z]))).toBeGreaterThan(100);
    expect(suspicion(firstDraws(4, (i) => [x, y, z ^ i]))).toBeGreaterThan(100);
    expect(suspicion(firstDraws(4, (i) => [x + i, y, z]))).toBeGreaterThan(100);
    expect(suspicion(firstDraws(12, (i) => [x, y, Math.imul(z ^ (i >> 1), 0x9e3779b1)]))).toBeGreaterThan(
      100,
    );
  });

  /**
   * Whole streams laid side by side: chi-square of the joint bytes of streams i and i + 1 at the same draw.
   */
  function jointUnevenness(rows: number, length: number, streams: Rng): number {
    let worst = 0;
    for (let shift = 0; shift < 32; shift += 8) {
      const counts = new Int32Array(65536);
      const before = new Uint8Array(length);
      const states = [streams.a, streams.b, streams.c, streams.d].map((column) => column.slice());
      const copy = new Rng(states[0]!, states[1]!, states[2]!, states[3]!);
      for (let row = 0; row < rows; row++) {
        copy.at(row);
        for (let t = 0; t < length; t++) {
          const byte = (copy.int32() >>> shift) & 255;
          if (row > 0) counts[before[t]! * 256 + byte]!++;
          before[t] = byte;
        }
      }
      worst = Math.max(worst, Math.abs(unevenness(counts)));
    }
    return worst;
  }

  test.each(walks.slice(0, 3))('streams that are neighbours by %s stay independent', (_, address) => {
    const streams = table(2000);
    for (let i = 0; i < 2000; i++) deriveStream(key, ...address(i), streams, i);
    expect(jointUnevenness(2000, 256, streams)).toBeLessThan(FAIR);

    // no stretch of one stream is a stretch of another: all pairs of successive draws (52 bits) are different
    const pairs = new Float64Array(2000 * 256);
    for (let row = 0; row < 2000; row++) {
      let last = streams.at(row).u32();
      for (let t = 0; t < 256; t++) {
        const next = streams.u32();
        pairs[row * 256 + t] = last * 2 ** 20 + (next >>> 12);
        last = next;
      }
    }
    pairs.sort();
    expect(pairs.some((pair, i) => i > 0 && pair === pairs[i - 1])).toBe(false);
  });

  test('streams that share a counter and one word of the state are seen to be dependent', () => {
    const streams = table(2000);
    for (let i = 0; i < 2000; i++) {
      streams.a[i] = i;
      streams.d[i] = 1;
    }
    expect(jointUnevenness(2000, 8, streams)).toBeGreaterThan(100);
  });

  test('each bit of key and address turns each bit of the first draw half of the time', () => {
    const rng = createRng('avalanche');
    const stream = table(1);
    const TRIALS = 2000;
    const first = (words: Int32Array): number => {
      deriveStream(words.subarray(0, 4), words[4]!, words[5]!, words[6]!, stream, 0);
      return stream.int32();
    };
    const turned = new Int32Array(7 * 32 * 32);
    for (let trial = 0; trial < TRIALS; trial++) {
      const words = Int32Array.from({ length: 7 }, () => rng.int32());
      const plain = first(words);
      for (let bit = 0; bit < 7 * 32; bit++) {
        words[bit >> 5]! ^= 1 << (bit & 31);
        const change = plain ^ first(words);
        words[bit >> 5]! ^= 1 << (bit & 31);
        for (let out = 0; out < 32; out++) turned[bit * 32 + out]! += (change >>> out) & 1;
      }
    }
    const sd = Math.sqrt(TRIALS) / 2;
    const furthest = turned.reduce((most, n) => Math.max(most, Math.abs(n - TRIALS / 2) / sd), 0);
    expect(furthest).toBeLessThan(5.5); // 7,168 of them
  });

  test('runs the generator empty for 12 draws from a counter of 1', () => {
    const stream = table(1);
    deriveStream(key, 5, 6, 7, stream, 0);
    const reached = [stream.a[0], stream.b[0], stream.c[0], stream.d[0]];
    for (let step = 0; step < 12; step++) undo(stream);
    expect(stream.d[0]).toBe(1);
    for (let step = 0; step < 12; step++) stream.int32();
    expect([stream.a[0], stream.b[0], stream.c[0], stream.d[0]]).toEqual(reached);
  });

  test('fills the given row alone, whatever else there is (golden)', () => {
    const streams = table(3);
    deriveStream(key, hashName('trend'), 41, 2, streams, 1);
    expect([...streams.a]).toEqual([0, 1335987792, 0]);
    expect([...streams.b]).toEqual([0, -1230209193, 0]);
    expect([...streams.c]).toEqual([0, -1884294943, 0]);
    expect([...streams.d]).toEqual([0, 13, 0]);
  });

  test('refuses what is no int32 and no row', () => {
    const streams = table(3);
    const derive = (group: number, index: number, purpose: number, row: number) => (): void =>
      deriveStream(key, group, index, purpose, streams, row);
    expect(derive(0.5, 0, 0, 0)).toThrow('stream (0.5, 0, 0): an address is three int32');
    expect(derive(0, 2 ** 31, 0, 0)).toThrow('an address is three int32');
    expect(derive(0, 0, NaN, 0)).toThrow('an address is three int32');
    expect(derive(0, 0, 0, 3)).toThrow('stream: row 3 of 3');
    expect(derive(0, 0, 0, -1)).toThrow('stream: row -1 of 3');
    expect(() => deriveStream(new Int32Array(3), 0, 0, 0, streams, 0)).toThrow('key of 3 words');
  });
});

/** One step of sfc32 backwards. */
function undo({ a, b, c, d }: Rng): void {
  const counter = d[0]! - 1;
  const third = Math.imul(b[0]!, 0x38e38e39); // b = 9 c mod 2^32, and this is 1/9
  const drawn = c[0]! - ((third << 21) | (third >>> 11));
  let second = a[0]!; // a = b ^ (b >>> 9)
  for (let known = 9; known < 32; known += 9) second = a[0]! ^ (second >>> 9);
  a[0] = drawn - second - counter;
  b[0] = second;
  c[0] = third;
  d[0] = counter;
}

describe('hashName', () => {
  test('is FNV-1a as published', () => {
    // http://www.isthe.com/chongo/tech/comp/fnv/ and draft-eastlake-fnv, test vectors
    expect(hashName('') >>> 0).toBe(0x811c9dc5);
    expect(hashName('a') >>> 0).toBe(0xe40c292c);
    expect(hashName('foobar') >>> 0).toBe(0xbf9cf968);
  });

  test('is an int32, and tells characters with equal low bytes apart', () => {
    expect(hashName('foobar')).toBe(0xbf9cf968 | 0);
    expect(hashName('š')).not.toBe(hashName('a'));
    const names = Array.from({ length: 100_000 }, (_, i) => `agents/${i}`);
    expect(new Set(names.map(hashName)).size).toBeGreaterThan(100_000 - 6); // 1.2 coincidences to expect
  });
});
