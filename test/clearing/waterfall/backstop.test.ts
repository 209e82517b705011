// The backstop vault, and what its capital carries.
import { describe, expect, test } from 'vitest';
import { VAULT, WRITTEN_OFF } from '../../../src/clearing/schema.ts';
import { broken, closeOut, takeOver } from './broken.ts';

describe('the backstop vault', () => {
  test('takes over what its capital carries as initial margin', () => {
    const desk = broken([{ layer: 'backstop', capital: 400 }]);
    expect(takeOver(desk)).toBe(6); // 4 lots need 360 and cost 20; 5 would need 450
    expect(desk.bearers()).toEqual([['backstop', VAULT, 20, 4]]);
    expect(desk.ledger.equity(VAULT)).toBe(380);
  });

  test('pays debts with what its positions do not need', () => {
    const desk = broken([{ layer: 'backstop', capital: 35 }]);
    closeOut(desk);
    expect(desk.bearers()).toEqual([
      ['backstop', VAULT, 35, 0],
      ['write-off', WRITTEN_OFF, 15, 0],
    ]);
  });
});
