import { afterEach, expect, test, vi } from 'vitest';
import { ownCode } from '../../src/core/own-code.ts';
import { madeCodes } from '../setup/made-codes.ts';

class Counter {
  count = 0;
  readonly step: number;

  constructor(step: number) {
    this.step = step;
  }
}

function adderFor(counter: Counter): (times: number) => number {
  return (times) => {
    for (let i = 0; i < times; i++) counter.count += counter.step;
    return counter.count;
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the code of an object works on that object alone', () => {
  const [one, two] = [new Counter(1), new Counter(2)];
  const add = ownCode(one, adderFor);
  expect(ownCode(two, adderFor)(5)).toBe(10);
  expect(add(5)).toBe(5);
  expect(add(1)).toBe(6);
  expect([one.count, two.count]).toEqual([6, 10]);
});

test('each object has a function from a text of its own, which is what makes V8 compile it anew', () => {
  const texts = madeCodes();
  for (let i = 0; i < 3; i++) ownCode(new Counter(i), adderFor)(1);
  expect(new Set(texts).size).toBe(3);
});

test('where code may not be made from text, it is the code that all share', () => {
  // What a browser throws under a content security policy, and Node with --disallow-code-generation-from-strings.
  vi.stubGlobal('Function', function () {
    throw new EvalError('Code generation from strings disallowed for this context');
  });
  const counter = new Counter(3);
  expect(ownCode(counter, adderFor)(4)).toBe(12);
  expect(counter.count).toBe(12);
});

test('any other error is not kept quiet', () => {
  vi.stubGlobal('Function', function () {
    throw new SyntaxError('Unexpected token');
  });
  expect(() => ownCode(new Counter(1), adderFor)).toThrow(new SyntaxError('Unexpected token'));
});

test('what is made must use nothing but its argument', () => {
  const outside = new Counter(1);
  const made = ownCode(new Counter(1), () => () => outside.count);
  expect(() => made()).toThrow(new ReferenceError('outside is not defined'));
});
