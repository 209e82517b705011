// The layers of a default fund.
import { describe, expect, test } from 'vitest';
import { DEFAULT_FUND, OWN_CAPITAL, WRITTEN_OFF } from '../../../src/clearing/schema.ts';
import { BROKE, broken, closeOut, T } from './broken.ts';

describe('the default fund', () => {
  test('pays in its layers: defaulter, own capital, members, assessments', () => {
    // Contributions of 1 % of the initial margin of 10 % at 1000: 10; 4, 4, 6, 4.
    const desk = broken([{ layer: 'default-fund', contribution: '1 %', own_capital: 7, assessment: 0.5 }]);
    expect(desk.ledger.accounts.quote[DEFAULT_FUND]).toBe(28);
    closeOut(desk);
    expect(desk.bearers().map(([, account, quanta]) => [account, quanta])).toEqual([
      [BROKE, 10],
      [OWN_CAPITAL, 7],
      [T(0), 4],
      [T(1), 4],
      [T(2), 6],
      [T(3), 4],
      [T(0), 2],
      [T(1), 2],
      [T(2), 3],
      [T(3), 2],
      [WRITTEN_OFF, 6],
    ]);
    expect(desk.ledger.accounts.quote[DEFAULT_FUND]).toBe(0);
  });

  test('asks members in proportion to their contributions', () => {
    const desk = broken([{ layer: 'default-fund', contribution: '10 %' }]);
    closeOut(desk, 895); // 100 owed, of which the defaulter's own 100 pays all
    expect(desk.bearers()).toEqual([['default-fund', BROKE, 100, 0]]);
    const more = broken([{ layer: 'default-fund', contribution: '10 %' }]);
    closeOut(more, 886); // 190: 90 by 40 : 40 : 60 : 40
    expect(more.bearers().map(([, , quanta]) => quanta)).toEqual([100, 20, 20, 30, 20]);
  });
});
