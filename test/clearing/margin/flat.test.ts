// Flat margin against IM = N / leverage, MM = N · rate.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';

function flat(settings: Readonly<Record<string, unknown>>, tickLots: readonly number[] = [1]) {
  const policy: WrittenPolicy = { margin: { rule: 'flat', leverage: 10, ...settings } };
  return newDesk({ tickLots, marks: tickLots.map(() => 1000), accounts: 2, policy }).margin;
}

describe('flat margin', () => {
  test('is the notional over the leverage, and half of that to keep a position', () => {
    const margin = flat({ leverage: 20 });
    expect(margin.initial(0, 3, 1000)).toBe(150);
    expect(margin.maintenance(0, 3, 1000)).toBe(75);
  });

  test('takes a maintenance rate of its own', () => {
    expect(flat({ maintenance_rate: 0.004 }).maintenance(0, 3, 1000)).toBe(12);
    expect(flat({ maintenance_rate: 0 }).maintenance(0, 3, 1000)).toBe(0);
  });

  test('asks for no less to open a position than to keep it', () => {
    expect(flat({ leverage: 100, maintenance_rate: 0.05 }).initial(0, 3, 1000)).toBe(150);
  });

  test('counts the value of a tick and lot of each instrument', () => {
    const margin = flat({ leverage: 20 }, [1, 7]);
    expect([margin.maintenance(0, 2, 500), margin.maintenance(1, 2, 500)]).toEqual([25, 175]);
  });

  test('is rounded up to the quantum, never down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 125 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (leverage, lots, mark) => {
          const margin = flat({ leverage });
          const notional = BigInt(lots) * BigInt(mark);
          const ppm = (over: number) => BigInt(Math.ceil((1e6 / over) * (1 - 1e-13)));
          const share = (of: bigint) => (notional * of + 999_999n) / 1_000_000n;
          expect(BigInt(margin.initial(0, lots, mark))).toBe(share(ppm(leverage)));
          expect(BigInt(margin.maintenance(0, lots, mark))).toBe(share(ppm(2 * leverage)));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});
