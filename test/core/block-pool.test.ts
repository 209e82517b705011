import { expect, test } from 'vitest';
import { BlockPool, blockPoolSchema, wholeBlocks } from '../../src/core/block-pool.ts';
import { CapacityError } from '../../src/core/errors.ts';
import { World } from '../../src/core/world.ts';
import { Digits, playScripts, Story } from './naive-script.ts';

function newPool(rows: number) {
  const world = new World(blockPoolSchema(rows));
  return { world, pool: new BlockPool('seats', 'capacity.seats', rows, world.tables) };
}

const NO_ROW = 0x7fffffff;

test('a table needs whole blocks', () => {
  expect([1, 32, 33, 64].map(wholeBlocks)).toEqual([32, 32, 64, 64]);
});

test('rows come from the block of the first neighbour, of the second, or an empty one, and there the lowest first', () => {
  const { pool } = newPool(128);
  const alice = pool.take();
  const bob = pool.take();
  expect([alice, bob]).toEqual([0, 32]);
  expect([pool.take(alice), pool.take(bob), pool.take(alice)]).toEqual([1, 33, 2]);
  pool.give(0);
  expect([pool.take(2), pool.take(2)]).toEqual([0, 3]);
  for (let row = 4; row < 32; row++) expect(pool.take(0, bob)).toBe(row);
  expect(pool.take(0, bob)).toBe(34);
  expect(pool.take(0)).toBe(64);
  expect(pool.take(NO_ROW, bob)).toBe(35);
});

test('an emptied block is the next to be opened; without one, a row comes from the next block with room', () => {
  const { pool } = newPool(96);
  for (const row of [0, 32, 64]) expect(pool.take()).toBe(row);
  pool.give(32);
  expect(pool.take()).toBe(32);
  expect([pool.take(), pool.take()]).toEqual([1, 2]);
});

test('a full pool names itself, its limit and the setting, and works on', () => {
  const { world, pool } = newPool(2);
  pool.take();
  pool.take();
  const hash = world.hash();
  const full = new CapacityError('seats', 2, 'capacity.seats');
  expect(() => pool.take(0)).toThrow(full);
  expect(() => pool.take()).toThrow('seats: all 2 rows are in use; raise capacity.seats');
  expect(world.hash()).toBe(hash);
  pool.give(0);
  expect(pool.take(1)).toBe(0);
  expect(() => pool.take(1)).toThrow(full);
});

test('agrees with a plain set of rows, also after a move to another world', () => {
  const played = playScripts(60, 2000, (script) => {
    const rows = 150; // the last block is not all used
    let { world, pool } = newPool(rows);
    const story = new Story();
    const taken: number[] = [];
    for (const word of script) {
      const digits = new Digits(word);
      const act = digits.below(100);
      if (act === 0) {
        story.add('move');
        const other = newPool(rows);
        other.world.load(world.save());
        ({ world, pool } = other);
      } else if (act < 53 && taken.length < rows) {
        const someone = () => (digits.below(3) === 0 ? NO_ROW : (taken[digits.below(150)] ?? NO_ROW));
        const near = someone();
        const orNear = someone();
        const used = new Set(taken);
        const freeIn = (block: number) =>
          Array.from({ length: 32 }, (_, i) => 32 * block + i).filter((each) => !used.has(each));
        const blocks = [near >> 5, orNear >> 5].filter((block) => block < 5 && freeIn(block).length > 0);
        const anEmptyOne = [0, 1, 2, 3, 4].some((block) => freeIn(block).length === 32);
        const row = pool.take(near, orNear);
        story.add(`take ${row} near ${near}, ${orNear}`);
        story.same('lowest free row of its block', row, freeIn(row >> 5)[0]);
        if (blocks.length > 0) story.same('block', row >> 5, blocks[0]);
        else if (anEmptyOne) story.same('free rows of the block', freeIn(row >> 5).length, 32);
        taken.push(row);
      } else if (act < 53) {
        expect(() => pool.take(taken[0])).toThrow(CapacityError);
      } else if (taken.length > 0) {
        const row = taken.splice(digits.below(taken.length), 1)[0]!;
        story.add(`give ${row}`);
        pool.give(row);
      }
      story.same('used', pool.used, taken.length);
    }
  });
  expect(played).toBeGreaterThan(30_000);
});
