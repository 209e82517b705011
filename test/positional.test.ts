// No function takes more than five numbers by their places: of six, two swapped ones compile.
import { describe, expect, test } from 'vitest';
import { tooPositional } from './setup/positional.ts';
import { sources } from './setup/sources.ts';

test('no function of the product has more than five numbers side by side', () => {
  expect(tooPositional(sources())).toEqual([]);
});

describe('a planted one is found:', () => {
  test.each([
    ['a function', 'function f(a: number, b: number, c: number, d: number, e: number, f: number) {}'],
    [
      'with an alias',
      'type Side = 0 | 1; function f(a: number, b: Side, c: number, d: Side, e: number, f: number) {}',
    ],
    ['with defaults', 'class A { m(a: number, b: number, c = 1, d = 2, e = 3, f = 4) {} }'],
    [
      'with some left out',
      'class A { m(a: number, b: number, c?: number, d?: number, e?: number, f?: number) {} }',
    ],
    [
      'a constructor',
      'class A { constructor(a: number, b: number, c: number, d: number, e: number, f: number) {} }',
    ],
    [
      'an interface',
      'interface A { m(a: number, b: number, c: number, d: number, e: number, f: number): void }',
    ],
    [
      'beside other things',
      'const f = (s: string, a: number, b: number, c: number, d: number, e: number, g: number) => s;',
    ],
    [
      'with types from its context',
      'type F = (r: Record<string, number>) => void; const g: (a: number, b: number, c: number, d: number, e: number, f: number) => void = (a, b, c, d, e, f) => {};',
    ],
  ])('%s', (_, text) => {
    expect(tooPositional(new Map([['src/core/a.ts', text]]))).not.toEqual([]);
  });

  test('one whose alias stands in another file', () => {
    const files = new Map([
      ['src/market/book.ts', 'export type Side = 0 | 1;'],
      [
        'src/market/a.ts',
        "import type { Side } from './book.ts'; function f(a: Side, b: Side, c: Side, d: Side, e: Side, f: Side) {}",
      ],
    ]);
    expect(tooPositional(files)).toEqual(['src/market/a.ts:1 f: 6']);
  });

  test.each([
    ['five numbers', 'function f(a: number, b: number, c: number, d: number, e: number) {}'],
    [
      'columns',
      'function f(a: number[], b: number[], c: number[], d: number[], e: number[], f: number[]) {}',
    ],
    ['one record', 'function f(a: { a: number; b: number; c: number; d: number; e: number; f: number }) {}'],
  ])('and not %s', (_, text) => {
    expect(tooPositional(new Map([['src/core/a.ts', text]]))).toEqual([]);
  });
});
