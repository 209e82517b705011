// An estimate is taken out of a record by its name, and nothing else is taken for one.
import { expect, test } from 'vitest';
import { estimateIn } from '../../src/stats/estimate.ts';

test('an estimate by its name; what is none is an error that says so', () => {
  const gain = { value: 2, low: 1, high: 3 };
  const metrics = { gain, law: 'not refused', error: 0.1, curve: [1, 2], none: null };
  expect(estimateIn(metrics, 'gain')).toBe(gain);
  for (const name of ['law', 'error', 'curve', 'none', 'missing'])
    expect(() => estimateIn(metrics, name)).toThrow(`${name} is no estimate`);
});
