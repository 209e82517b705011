// What is sent to a page comes back bit for bit.
import { describe, expect, test } from 'vitest';
import { fromText, toText } from '../../src/replay/wire.ts';
import { smallExperiment } from './small.ts';

describe('wire text', () => {
  test.each<readonly [string, unknown]>([
    ['numbers that JSON lacks', [NaN, Infinity, -Infinity, -0, 0, 1.5, 5e-324, 2 ** 53]],
    [
      'typed arrays',
      {
        a: Float64Array.of(NaN, -0, 0.1),
        b: Int32Array.of(-1, 2 ** 31 - 1),
        c: new Uint8Array(70_000).fill(255),
      },
    ],
    ['nested', { a: [{ b: null }, 'text', true, []], c: {} }],
    ['a view of a part of a buffer', Float64Array.of(1, 2, 3, 4).subarray(1, 3)],
  ])('%s', (_name, value) => {
    const text = toText(value);
    const back = fromText(text);
    expect(back).toEqual(value);
    expect(toText(back)).toBe(text);
  });

  test('-0 stays -0', () => {
    expect(Object.is(fromText(toText(-0)), -0)).toBe(true);
  });

  test('a whole experiment', () => {
    const experiment = { ...smallExperiment(), source: undefined };
    const back = fromText(toText(experiment)) as typeof experiment;
    expect(back.venues).toEqual(experiment.venues);
    expect(back.groups).toEqual(experiment.groups);
    expect(back.policies).toEqual(experiment.policies);
  });

  test('an unknown kind of array is refused', () => {
    expect(() => fromText('{"$":"Function","value":""}')).toThrow('no array of kind Function');
  });
});
