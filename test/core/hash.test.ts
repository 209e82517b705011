/** MurmurHash3 x86_128 against published values, at all lengths and alignments. */
import { describe, expect, test } from 'vitest';
import { hashBytes } from '../../src/core/hash.ts';

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

// prettier-ignore
const RANDOM_BYTES = '2ef6f9b8f75463903e4dc3dc5c14969f26287cfcb91c3f0dd5ac55c6764a6d9d';

describe('published values', () => {
  // hajimes/mmh3, test_mmh3.py, after vectors by Ian Boyd (https://stackoverflow.com/a/31929528); as
  // collected in appmattus/crypto, MurmurHash3_x86_128Test.kt.
  test.each([
    ['', 0, '00000000000000000000000000000000'],
    ['', 1, '88c4adec54d201b954d201b954d201b9'],
    ['', 0xffffffff, '051e08a9989d49f7989d49f7989d49f7'],
    ['foo', 0, '577c1b2560b6256560b6256560b62565'],
    ['abc', 0, '75cdc6d1a2b006a5a2b006a5a2b006a5'],
    ['aaaa', 0x9747b28c, '36804cef2a61c2242a61c2242a61c224'],
    ['Hello, world!', 0x9747b28c, '756d5460bb872216b7d48b7c53c8c636'],
    ['ππππππππ', 0x9747b28c, 'af2ad3253a74df8838cc7534f197cc0d'],
    ['a'.repeat(256), 0x9747b28c, 'd3f2b7bbf666c0ccd4a400605ec8d32a'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', 0, '75ace8b3d53daa9a4ee869ed9ce31a02'],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, '8ad4d55e4cb861718ea73a9ccdb6793e'],
  ])('%j with seed %i', (input, seed, expected) => {
    expect(hashBytes(text(input), seed)).toBe(expected);
  });

  // karanlyons/murmurHash3.js (version 3), src/__tests__/index.test.ts
  test.each([
    ['I will not buy this record, it is scratched.', 'a0a9683b25ac5e40d9af2895890dddf5'],
    ["I will not buy this tobacconist's, it is scratched.", '9b5b7ba2ef3f7866889adeaf00f3f98e'],
    ['My hovercraft is full of eels.', 'e3a186aee169ba6c6a8bd9343c68fa9c'],
  ])('%j', (input, expected) => {
    expect(hashBytes(text(input))).toBe(expected);
  });

  test('every length of the tail, 0 to 17 bytes', () => {
    // the same file of appmattus/crypto: prefixes of its random bytes
    // prettier-ignore
    const expected = ['00000000000000000000000000000000', 'f745c87c7917d0c97917d0c97917d0c9',
      '8acc3542907c1152907c1152907c1152', '96d142570a6ede210a6ede210a6ede21',
      '8561ee6f529c4485529c4485529c4485', '74efb1ac36de792a900a64ac900a64ac',
      'd3785607c7db6b90d48b30e1d48b30e1', '954a381a6092a64f9dfb0e359dfb0e35',
      '262de569c8dd769fa98ad64da98ad64d', 'cb13fff98388857ff3cd1c08b8818301',
      'd62ee5dc9f33c80712fcb28fd757ab40', '91aef2628cd8901491adf12fe4b069b1',
      '7d9773b3a17f73489e3d313ccb4bc494', '1cdf758ae59360e2570e65df7ee3ba5a',
      '2ac45fdc3e58139a3e444e32f3daa6f4', '7acdb77ee1634fae821ff69886f87622',
      '0d835ff5083b51a6749292cd4ca6416a', 'c9b667ee066a558b6a091eb929052bdf'];
    const bytes = Uint8Array.from({ length: 32 }, (_, i) =>
      parseInt(RANDOM_BYTES.slice(2 * i, 2 * i + 2), 16),
    );
    expect(expected.map((_, length) => hashBytes(bytes.subarray(0, length)))).toEqual(expected);
  });

  test('the verification value of SMHasher, which hashes 256 keys of lengths 0 to 255', () => {
    // aappleby/smhasher, main.cpp: MurmurHash3_x86_128 is 0xB3ECE62A
    const key = Uint8Array.from({ length: 256 }, (_, i) => i);
    const hashes = new DataView(new ArrayBuffer(256 * 16));
    for (let length = 0; length < 256; length++) {
      const hash = hashBytes(key.subarray(0, length), 256 - length);
      for (let word = 0; word < 4; word++) {
        const value = parseInt(hash.slice(8 * word, 8 * word + 8), 16);
        hashes.setUint32(16 * length + 4 * word, value, true);
      }
    }
    expect(hashBytes(hashes.buffer).slice(0, 8)).toBe('b3ece62a');
  });
});

test('where the bytes lie does not matter, and a buffer is its bytes', () => {
  const room = new Uint8Array(200);
  const bytes = Uint8Array.from({ length: 101 }, (_, i) => (i * 167) & 255);
  const expected = hashBytes(bytes);
  for (let offset = 0; offset < 20; offset++) {
    room.fill(0xaa);
    room.set(bytes, offset);
    expect(hashBytes(room.subarray(offset, offset + 101))).toBe(expected);
  }
  expect(hashBytes(bytes.buffer)).toBe(expected);
});

test('each single bit counts, and so does the number of zeros', () => {
  const bytes = new Uint8Array(67);
  const seen = new Set([hashBytes(bytes)]);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    seen.add(hashBytes(bytes));
    bytes[bit >> 3]! ^= 1 << (bit & 7);
  }
  expect(seen.size).toBe(1 + 67 * 8);
  for (let length = 0; length < 67; length++) seen.add(hashBytes(new Uint8Array(length)));
  expect(seen.size).toBe(1 + 67 * 8 + 67);
});
