import { expect, test } from 'vitest';
import { CapacityError } from '../../src/core/errors.ts';
import { Pool, poolSchema } from '../../src/core/pool.ts';
import { World } from '../../src/core/world.ts';
import { Digits, playScripts, Story } from './naive-script.ts';

function newPool(rows: number) {
  const world = new World(poolSchema(rows));
  return { world, pool: new Pool('seats', 'capacity.seats', world.tables.free, world.tables.cell) };
}

test('fresh rows come in order, rows given back come first, the latest before the others', () => {
  const { pool } = newPool(5);
  expect([pool.take(), pool.take(), pool.take()]).toEqual([0, 1, 2]);
  pool.give(0);
  pool.give(2);
  expect(pool.used).toBe(1);
  expect([pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([2, 0, 3, 4]);
  expect(pool.used).toBe(5);
});

test('a full pool names itself, its limit and the setting, and works on', () => {
  const { world, pool } = newPool(2);
  pool.take();
  pool.take();
  const hash = world.hash();
  const full = new CapacityError('seats', 2, 'capacity.seats');
  expect(() => pool.take()).toThrow(full);
  expect(() => pool.take()).toThrow('seats: all 2 rows are in use; raise capacity.seats');
  expect(world.hash()).toBe(hash);
  pool.give(0);
  expect(pool.take()).toBe(0);
  expect(() => pool.take()).toThrow(full);
});

test('agrees with a plain stack, also after a move to another world', () => {
  const played = playScripts(60, 1000, (script) => {
    const rows = 20;
    let { world, pool } = newPool(rows);
    const story = new Story();
    const naive = Array.from({ length: rows }, (_, i) => rows - 1 - i); // top of the stack last
    const taken: number[] = [];
    for (const word of script) {
      const digits = new Digits(word);
      const act = digits.below(100);
      if (act === 0) {
        story.add('move');
        const other = newPool(rows);
        other.world.load(world.save());
        ({ world, pool } = other);
      } else if (act < 52 && naive.length > 0) {
        const row = pool.take();
        story.add(`take ${row}`);
        story.same('row', row, naive.pop()!);
        taken.push(row);
      } else if (act < 52) {
        expect(() => pool.take()).toThrow(CapacityError);
      } else if (taken.length > 0) {
        const row = taken.splice(digits.below(taken.length), 1)[0]!;
        story.add(`give ${row}`);
        pool.give(row);
        naive.push(row);
      }
      story.same('used', pool.used, taken.length);
    }
  });
  expect(played).toBeGreaterThan(15_000);
});
