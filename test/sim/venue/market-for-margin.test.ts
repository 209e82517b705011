// What a margin rule sees of the market.
import { expect, test } from 'vitest';
import { MarginView, openInterestOf } from '../../../src/sim/venue/market-for-margin.ts';
import { openInterest } from '../../../src/sim/observe/liquidation-map.ts';
import { market } from '../draw.ts';

const { simulation } = market(`
  price   bids   asks   longs that break here   shorts that break here
  1030            70
  1020            40                            C: 8 lots
  1010            30
  1000    5
   990    20
   980    50            A: 5 lots
   960    90            B: 2 lots
`);
const view = new MarginView(simulation.only.ledger, simulation.only.book);

test('depth is what rests within a share of the mark, on the side that has less', () => {
  expect(view.depth(0, 0.01)).toBe(25); // 30 of asks
  expect(view.depth(0, 0.0199)).toBe(25);
  expect(view.depth(0, 0.02)).toBe(70); // asks: 30 + 40; bids: 75
  expect(view.depth(0, 0.03)).toBe(75); // 140 of asks
  expect(view.depth(0, 0.005)).toBe(0); // no asks there
});

test('open interest is the longs of margined accounts, or their shorts if they are more', () => {
  expect(view.openInterest(0)).toBe(8);
  expect(openInterestOf(simulation.only.ledger, 0)).toBe(8);
  expect(openInterest(simulation.only, 0)).toBe(8);
});
