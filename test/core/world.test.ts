/** The world: where columns lie in the buffer, and that saving, loading and hashing see every byte of it. */
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { InvariantError } from '../../src/core/errors.ts';
import { sizeOf, World } from '../../src/core/world.ts';
import type { ColumnType, Schema } from '../../src/core/world.ts';

const ARRAYS = { u8: Uint8Array, i32: Int32Array, i32x8: Int32Array, f64: Float64Array };

const SMALL = {
  accounts: { rows: 5, columns: { cash: 'f64', flags: 'u8', lots: 'i32' } },
  clock: { rows: 1, columns: { now: 'f64' } },
} as const satisfies Schema;

const column = fc.constantFrom<ColumnType>('u8', 'i32', 'i32x8', 'f64');
const table = fc.record({
  rows: fc.nat(70),
  columns: fc.dictionary(fc.stringMatching(/^[a-z_]{1,5}$/), column, { maxKeys: 6 }),
});
const schemas: fc.Arbitrary<Schema> = fc.dictionary(fc.stringMatching(/^[a-z_]{1,5}$/), table, {
  maxKeys: 6,
});

/** The columns of a world in the order of its schema. */
function columnsOf(world: World<Schema>): { type: ColumnType; rows: number; array: Int32Array }[] {
  return Object.entries(world.schema).flatMap(([name, { rows, columns }]) =>
    Object.entries(columns).map(([each, type]) => {
      return { type, rows, array: world.tables[name]![each] as Int32Array };
    }),
  );
}

/** Fills every column with numbers made of `seed`. */
function scribble(world: World<Schema>, seed: number): void {
  let state = seed;
  for (const { array } of columnsOf(world)) {
    for (let i = 0; i < array.length; i++) array[i] = state = Math.imul(state, 1664525) + 1013904223;
  }
}

describe('layout', () => {
  test('columns are of their type and length, in one buffer, 64-byte aligned and apart', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const world = new World(schema);
        let free = 0; // bytes below are taken
        const buffers = new Set<ArrayBufferLike>();
        for (const { type, rows, array } of columnsOf(world)) {
          expect(array).toBeInstanceOf(ARRAYS[type]);
          expect(array.length).toBe(type === 'i32x8' ? 8 * rows : rows);
          expect(array.byteOffset % 64).toBe(0);
          expect(array.byteOffset).toBeGreaterThanOrEqual(free);
          free = array.byteOffset + array.byteLength;
          buffers.add(array.buffer);
          expect(array.every((value) => value === 0)).toBe(true);
        }
        expect(buffers.size).toBeLessThanOrEqual(1);
        for (const buffer of buffers) expect(buffer.byteLength).toBe(world.bytes);
        expect(world.bytes).toBe(sizeOf(schema));
        expect(world.bytes).toBeGreaterThanOrEqual(free);
        expect(world.bytes - free).toBeLessThan(64 * (columnsOf(world).length + 1));
      }),
    );
  });

  test('five accounts and a clock take a cache line a column', () => {
    const { accounts, clock } = new World(SMALL).tables;
    expect([accounts.cash, accounts.flags, accounts.lots, clock.now].map((it) => it.byteOffset)).toEqual([
      0, 64, 128, 192,
    ]);
    expect(sizeOf(SMALL)).toBe(256);
    expect(sizeOf({})).toBe(0);
    expect(sizeOf({ full: { rows: 8, columns: { x: 'f64' } } })).toBe(64);
    expect(sizeOf({ over: { rows: 9, columns: { x: 'f64' } } })).toBe(128);
  });
});

describe('saving', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('a loaded world is the saved one, to the byte', () => {
    fc.assert(
      fc.property(schemas, fc.integer(), fc.integer(), (schema, first, second) => {
        const world = new World(schema);
        scribble(world, first);
        const hash = world.hash();
        const values = columnsOf(world).map(({ array }) => [...array]);
        const saved = world.save();
        expect(saved.length).toBe(world.bytes);

        scribble(world, second);
        const other = new World(schema);
        scribble(other, ~second);
        for (const each of [world, other]) {
          each.load(saved);
          expect(each.hash()).toBe(hash);
          expect(each.save()).toEqual(saved);
          expect(columnsOf(each).map(({ array }) => [...array])).toEqual(values);
        }
      }),
    );
  });

  test('a save is a copy: neither it nor the world follows the other', () => {
    const world = new World(SMALL);
    world.tables.accounts.cash[2] = 7.5;
    const saved = world.save();
    world.tables.accounts.cash[2] = 8.5;
    world.load(saved);
    saved.fill(255);
    expect(world.tables.accounts.cash[2]).toBe(7.5);
  });

  test('saving into a target returns it and allocates nothing, and loading neither', () => {
    const world = new World(SMALL);
    scribble(world, 1);
    const target = new Uint8Array(world.bytes).fill(99);
    const expected = world.save();
    const Refused = function () {
      throw new Error('allocated');
    };
    vi.stubGlobal('Uint8Array', Refused);
    vi.stubGlobal('ArrayBuffer', Refused);
    expect(() => world.save()).toThrow('allocated'); // the trap works
    const saved = world.save(target);
    world.load(target);
    vi.unstubAllGlobals();
    expect(saved).toBe(target);
    expect(target).toEqual(expected);
  });

  test.each([0, 255, 257, 512])('a snapshot of %i bytes does not fit a world of 256', (bytes) => {
    const world = new World(SMALL);
    scribble(world, 3);
    const hash = world.hash();
    expect(() => {
      world.load(new Uint8Array(bytes));
    }).toThrow(InvariantError);
    expect(() => world.save(new Uint8Array(bytes))).toThrow(`snapshot of ${bytes} bytes does not fit`);
    expect(world.hash()).toBe(hash);
  });

  test('clear makes it as new', () => {
    fc.assert(
      fc.property(schemas, fc.integer(), (schema, seed) => {
        const world = new World(schema);
        scribble(world, seed);
        world.clear();
        expect(world.hash()).toBe(new World(schema).hash());
        expect(world.save().every((byte) => byte === 0)).toBe(true);
      }),
    );
  });
});

describe('hashing', () => {
  test('any one byte makes another hash, and its return the old one', () => {
    const world = new World(SMALL);
    scribble(world, 5);
    const saved = world.save();
    const seen = new Set([world.hash()]);
    for (let i = 0; i < saved.length; i++) {
      saved[i]! ^= 1 << (i & 7);
      world.load(saved);
      seen.add(world.hash());
      saved[i]! ^= 1 << (i & 7);
    }
    expect(seen.size).toBe(1 + world.bytes);
    world.load(saved);
    expect(seen.has(world.hash())).toBe(true);
  });

  test('two worlds in the same state have the same hash, and a write to a column is seen', () => {
    const [one, two] = [new World(SMALL), new World(SMALL)];
    for (const world of [one, two]) scribble(world, 8);
    expect(one.hash()).toBe(two.hash());
    one.tables.accounts.flags[4]! ^= 1;
    expect(one.hash()).not.toBe(two.hash());
    two.tables.accounts.flags[4]! ^= 1;
    expect(one.hash()).toBe(two.hash());
  });
});
