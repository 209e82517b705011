/** A position limit: orders that could lead beyond it are refused, those that reduce never. */
import { expect, test } from 'vitest';
import type { ClearingHouse } from '../../../src/clearing/calls/house.ts';
import { BUY } from '../../../src/market/book.ts';
import type { Exchange } from '../../../src/market/exchange.ts';
import { OrderCheck } from '../../../src/sim/venue/order-check.ts';

/** An account with a position and open orders, at a venue with a limit of 50 lots. */
function admitted(position: number, buying: number, selling: number, lots: number): number {
  const house = {
    ledger: { position: () => position },
    isRestricted: () => false,
    rules: { checksOrders: false },
    requirement: { positionLimit: () => 50 },
  } as unknown as ClearingHouse;
  const exchange = {
    lotsOut: (_account: number, _instrument: number, side: number) => (side === BUY ? buying : selling),
  } as unknown as Exchange;
  return new OrderCheck(house, exchange, Uint8Array.of(1), { now: 5 }, Float64Array.of(6)).admits(0, 0, lots);
}

test.each([
  ['up to the limit', 40, 0, 0, 10, 10],
  ['beyond it', 40, 0, 0, 11, 0],
  ['with what other orders may bring', 40, 5, 0, 6, 0],
  ['short', -40, 0, 0, -10, -10],
  ['short, beyond it', -40, 0, 5, -6, 0],
  ['turned round', 50, 0, 0, -100, -100],
  ['turned round, beyond it', 50, 0, 0, -101, 0],
  ['what only reduces, from beyond the limit', 70, 0, 0, -20, -20],
])('%s', (_what, position, buying, selling, lots, expected) => {
  expect(admitted(position, buying, selling, lots)).toBe(expected);
});
