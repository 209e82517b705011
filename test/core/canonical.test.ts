/** What is not a number has one bit pattern, whatever code made it and wherever its bits count. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../src/core/canonical.ts';
import type { Schema } from '../../src/core/world.ts';
import { World } from '../../src/core/world.ts';

const NAN = 0x7ff8000000000000n;
const bitsOf = (values: Float64Array) => new BigUint64Array(values.buffer, values.byteOffset, values.length);
const ofBits = (bits: readonly bigint[]) => new Float64Array(BigUint64Array.from(bits).buffer);
const isNaNPattern = (bits: bigint) => (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n;

test('every NaN becomes the same one, and every other double stays what it is', () => {
  const word = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0x7ff0000000000000n, max: 0x7fffffffffffffffn }),
    fc.bigInt({ min: 0xfff0000000000000n, max: 2n ** 64n - 1n }),
    fc.constantFrom(0n, 1n << 63n, 1n, 0x7ff0000000000000n, 0xfff0000000000000n),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 13 }), (words) => {
      const expected = words.map((bits) => (isNaNPattern(bits) ? NAN : bits));
      expect([...bitsOf(canonical(ofBits(words)))]).toEqual(expected);
    }),
  );
});

/** A million quotients 0 / 0, the first by the interpreter and the last by the optimising compiler. */
function hot(into: Float64Array): void {
  const zeros = [0, 0, 0];
  for (let i = 0; i < into.length; i++) into[i] = quotient(zeros, i % 3);
  const half = into.length / 2;
  for (let i = 0; i < half; i++) into[i] = 0 / (into[half + i]! > 0 ? 1 : 0);
}

function quotient(zeros: readonly number[], i: number): number {
  return zeros[i]! / zeros[0]!;
}

test('hashes and saves of worlds do not depend on what compiled 0 / 0', () => {
  const schema = { runs: { rows: 1_000_000, columns: { a: 'f64', b: 'i32' } } } as const satisfies Schema;
  const [warm, plain] = [new World(schema), new World(schema)];
  hot(warm.tables.runs.a);
  bitsOf(plain.tables.runs.a).fill(NAN);
  expect(warm.hash()).toBe(plain.hash());
  hot(warm.tables.runs.a);
  bitsOf(warm.tables.runs.a)[7] = 0xfff8000000000000n; // x86's, should this processor make the other one
  expect(Buffer.compare(warm.save(), plain.save())).toBe(0);
});

const column = fc.constantFrom('u8' as const, 'i32' as const, 'i32x8' as const, 'f64' as const);
const schemas = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,4}$/),
  fc.record({
    rows: fc.nat(30),
    columns: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), column, { maxKeys: 6 }),
  }),
  { maxKeys: 5 },
);

test('no column of any world is hashed or saved with another NaN, and the other bytes are left alone', () => {
  fc.assert(
    fc.property(
      schemas,
      fc.constantFrom(0xfff8000000000000n, 0x7ff8000000000001n, 2n ** 64n - 1n),
      (schema, bits) => {
        const [poisoned, plain] = [new World(schema), new World(schema)];
        for (const [world, nan] of [
          [poisoned, bits],
          [plain, NAN],
        ] as const) {
          for (const columns of Object.values(world.tables)) {
            for (const values of Object.values(columns)) {
              // -1 in a column of integers has the bits of a NaN, and stays.
              if (values instanceof Float64Array) bitsOf(values).fill(nan);
              else values.fill(-1);
            }
          }
        }
        expect(poisoned.hash()).toBe(plain.hash());
        expect(Buffer.compare(poisoned.save(), plain.save())).toBe(0);
      },
    ),
  );
});
