// The worked cases of test/cli/cases, in this process: test/cli/margin.test.ts sends the same through the built command,
// where mutation testing does not see what they find.
import { describe, expect, test } from 'vitest';
import type { Row } from '../../cli/margin-cases.ts';
import { CASES, said } from '../../cli/margin-cases.ts';

describe('the worked cases, line by line', () => {
  test.each(CASES)('$title', ({ line, expected, tolerance }) => {
    const [{ result, error }] = said([line]) as [{ result: string | Row; error?: string }];
    expect(error).toBeUndefined();
    const got = typeof result === 'string' ? { result } : result;
    for (const [name, value] of Object.entries(expected)) {
      const off = Math.abs(Number(got[name]) - Number(value));
      expect(off, name).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(Number(value))));
    }
  });
});
