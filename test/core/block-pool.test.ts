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
/** Rows before the first block. */
const PACKED = 16_384;

test('a table needs whole blocks', () => {
  expect([1, 32, 33, 64].map(wholeBlocks)).toEqual([32, 32, 64, 64]);
});

test('what was given back last is taken first', () => {
  const { pool } = newPool(128);
  expect([pool.take(), pool.take(), pool.take()]).toEqual([0, 1, 2]);
  pool.give(0);
  pool.give(2);
  expect([pool.take(), pool.take(), pool.take()]).toEqual([2, 0, 3]);
});

test('beyond the packed rows a new row comes from the block of its neighbour, or from a new block', () => {
  const { pool } = newPool(PACKED + 96);
  for (let row = 0; row < PACKED; row++) expect(pool.take()).toBe(row);
  const [alice, bob] = [pool.take(PACKED - 1), pool.take()] as const;
  expect([alice, bob]).toEqual([PACKED, PACKED + 32]);
  expect([pool.take(alice), pool.take(bob), pool.take(alice)]).toEqual([PACKED + 1, PACKED + 33, PACKED + 2]);
  for (let row = PACKED + 3; row < PACKED + 32; row++) expect(pool.take(alice)).toBe(row);
  expect(pool.take(alice)).toBe(PACKED + 64);
  // No new block is left: the next with room.
  expect([pool.take(), pool.take(bob), pool.take(alice)]).toEqual([PACKED + 34, PACKED + 35, PACKED + 36]);
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

test('agrees with a plain list of rows, also after a move to another world', () => {
  const played = playScripts(30, 2000, (script) => {
    const rows = PACKED + 150; // the last block is not all used
    let { world, pool } = newPool(rows);
    const story = new Story();
    const taken: number[] = [];
    const free: number[] = [];
    const fresh = Array.from({ length: 5 }, (_, block) =>
      Array.from({ length: 32 }, (_, place) => PACKED + 32 * block + place),
    );
    let left = 150;
    for (let row = 0; row < PACKED; row++) pool.take();
    for (const word of script) {
      const digits = new Digits(word);
      const act = digits.below(100);
      if (act === 0) {
        story.add('move');
        const other = newPool(rows);
        other.world.load(world.save());
        ({ world, pool } = other);
      } else if (act < 60 && taken.length < 150) {
        const near = digits.below(3) === 0 ? NO_ROW : (taken[digits.below(150)] ?? digits.below(PACKED));
        const row = pool.take(near);
        story.add(`take ${row} near ${near}`);
        if (free.length > 0) story.same('row given back last', row, free.pop());
        else {
          const own = fresh[(near - PACKED) >> 5] ?? [];
          const unopened = fresh.some((block) => block.length === 32);
          const block = fresh[(row - PACKED) >> 5]!;
          if (own.length > 0) story.same('its neighbour’s block', block, own);
          else if (unopened) story.same('rows of a new block', block.length, 32);
          story.same('first new row of its block', row, block.shift());
          left--;
        }
        taken.push(row);
      } else if (act < 60) {
        expect(() => pool.take(taken[0])).toThrow(CapacityError);
      } else if (taken.length > 0) {
        const row = taken.splice(digits.below(taken.length), 1)[0]!;
        story.add(`give ${row}`);
        pool.give(row);
        free.push(row);
      }
      story.same('used', pool.used, PACKED + taken.length);
      story.same('new rows and those given back', left + free.length, 150 - taken.length);
    }
  });
  expect(played).toBeGreaterThan(20_000);
});
