/**
 * From the experiment's seed to the state of each random stream, in two steps.
 *
 * `expandSeed` turns the seed, a text, into a key of 128 bits by seedrandom's ARC4: sound, but 8-18 µs, so
 * once a run. `deriveStream` turns the key and a stream's address (group, index, purpose) into the state of
 * an sfc32 generator by mixing alone: some 50 ns, since a million agents get a stream each.
 *
 * A stream depends on its own address only, so adding a group or an agent shifts nobody else's luck. And for
 * one key no two addresses share a state: the mixing is a permutation of the 96 bits of the address.
 */
import seedrandom from 'seedrandom';
import { InvariantError } from './errors.ts';

/** Four int32 words that stand for a run. */
export type RunKey = Int32Array;

/** Where streams live: row i of the four columns is the state of one sfc32 generator (d is its counter). */
export interface StreamColumns {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly d: Int32Array;
}

const GOLDEN = 0x9e3779b9; // 2^32 / golden ratio: makes the round keys differ
const DISCARDED = 12; // outputs that sfc32's author has a fresh state discard

/** The key of a run from its seed, any text: different texts are different keys. */
export function expandSeed(master: string): RunKey {
  const source = seedrandom(arc4Key(master));
  const key = new Int32Array(4);
  for (let i = 0; i < 4; i++) key[i] = source.int32();
  return key;
}

/** The key of run number `run` of an experiment: the same under all policies and shocks. */
export function keyOfRun(seed: string, run: number): RunKey {
  return expandSeed(`${seed}/${run}`);
}

/**
 * The text that ARC4 is keyed with. ARC4 repeats a short key to 256 bytes, so that '1', '11' and '111' would
 * be one seed, and seedrandom keeps only the low byte of a character, so that 'a' and 'š' would be. Hence
 * characters outside of ASCII as '%' and four digits, and an end mark.
 */
function arc4Key(master: string): string {
  const escape = (unit: string): string => '%' + unit.charCodeAt(0).toString(16).padStart(4, '0');
  return master.replace(/[^ -$&-~]/g, escape) + '\0';
}

/**
 * Int32 hash of a name: 32-bit FNV-1a (Fowler, Noll, Vo; offset 2166136261, prime 16777619) of its UTF-16
 * code units, one byte each, two (low, high) above 255; so it agrees with published FNV-1a on ASCII.
 */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash | 0;
}

/** A permutation of the 32-bit words in which each bit of the input moves each bit of the output (C. Wellons'
 *  lowbias32, from a search for the least bias: https://nullprogram.com/blog/2018/07/31/). */
function mix(word: number): number {
  word ^= word >>> 16;
  word = Math.imul(word, 0x7feb352d);
  word ^= word >>> 15;
  word = Math.imul(word, 0x846ca68b);
  return word ^ (word >>> 16);
}

/**
 * Puts the stream at (group, index, purpose), three int32, into row `row` of `out`.
 *
 * Nine steps of a Feistel network on (a, b, c) = (group, index, purpose): one word += mix(the next word ^
 * round key). Each step can be undone, so the whole is a permutation; after three rounds of three steps each
 * word depends on all of the address and all of the key. Then the generator runs empty for its usual 12
 * draws.
 */
export function deriveStream(
  key: RunKey,
  group: number,
  index: number,
  purpose: number,
  out: StreamColumns,
  row: number,
): void {
  let a = group | 0;
  let b = index | 0;
  let c = purpose | 0;
  if (a !== group || b !== index || c !== purpose) refuseAddress(group, index, purpose);
  if (key.length !== 4 || !(row >= 0 && row < out.a.length)) refuseRow(key, row, out);

  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  a = (a + mix(b ^ k0)) | 0;
  b = (b + mix(c ^ (k1 + GOLDEN))) | 0;
  c = (c + mix(a ^ (k2 + 2 * GOLDEN))) | 0;
  a = (a + mix(b ^ (k3 + 3 * GOLDEN))) | 0;
  b = (b + mix(c ^ (k0 + 4 * GOLDEN))) | 0;
  c = (c + mix(a ^ (k1 + 5 * GOLDEN))) | 0;
  a = (a + mix(b ^ (k2 + 6 * GOLDEN))) | 0;
  b = (b + mix(c ^ (k3 + 7 * GOLDEN))) | 0;
  c = (c + mix(a ^ (k0 + 8 * GOLDEN))) | 0;

  // sfc32, as in Rng.int32, in local variables
  for (let counter = 1; counter <= DISCARDED; counter++) {
    const drawn = (a + b + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
  }
  out.a[row] = a;
  out.b[row] = b;
  out.c[row] = c;
  out.d[row] = DISCARDED + 1;
}

const BRANCH = hashName('branch');
const WORDS = { a: new Int32Array(2), b: new Int32Array(2), c: new Int32Array(2), d: new Int32Array(2) };

/**
 * Puts the key of branch `branch` (an int32) of a run into `out`: a world that was copied goes on with other luck under it.
 * Each branch has a key of its own, which shares no stream with the run's or another branch's but by a chance of 2^-96.
 */
export function branchKey(key: RunKey, branch: number, out: RunKey): void {
  for (let half = 0; half < 2; half++) {
    deriveStream(key, BRANCH, branch, half, WORDS, half);
    out[2 * half] = WORDS.a[half]!;
    out[2 * half + 1] = WORDS.b[half]!;
  }
}

function refuseAddress(group: number, index: number, purpose: number): never {
  throw new InvariantError(`stream (${group}, ${index}, ${purpose}): an address is three int32`);
}

function refuseRow(key: RunKey, row: number, out: StreamColumns): never {
  throw new InvariantError(
    `stream: row ${row} of ${out.a.length}, key of ${key.length} words: needs a row of the table, 4 words`,
  );
}
