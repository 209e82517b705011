import { expect, test } from 'vitest';
import { CapacityError, ConfigError, formatPath, InvariantError, invariant } from '../../src/core/errors.ts';

test('a ConfigError says where and what', () => {
  const error = new ConfigError(['policies', 'flat', 'margin', 2], 'needs a leverage, got "x"');
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('ConfigError');
  expect(error.message).toBe('needs a leverage, got "x"');
  expect(error.path).toEqual(['policies', 'flat', 'margin', 2]);
  expect(error.describe()).toBe('policies.flat.margin[2]: needs a leverage, got "x"');
  expect(new ConfigError([], 'is empty').describe()).toBe('is empty');
});

test('a CapacityError names pool, limit and the setting to raise', () => {
  const error = new CapacityError('resting orders', 512, 'capacity.orders');
  expect(error.name).toBe('CapacityError');
  expect(error.message).toBe('resting orders: all 512 rows are in use; raise capacity.orders');
  expect([error.pool, error.limit, error.setting]).toEqual(['resting orders', 512, 'capacity.orders']);
});

test('an invariant throws InvariantError when it does not hold, and only then', () => {
  expect(() => {
    invariant(true, 'never said');
  }).not.toThrow();
  expect(() => {
    invariant(false, 'money was created');
  }).toThrow(new InvariantError('money was created'));
  expect(new InvariantError('x').name).toBe('InvariantError');
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 2, 'c'], 'a.b[2].c'],
  [[3, 'x', 0, 0], '[3].x[0][0]'],
])('the path %j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});
