// The exact order book race: the published table, a second chain that follows every event, and limits known otherwise.
import { describe, expect, test } from 'vitest';
import type { BookRaceRates } from '../../../src/models/book-race/exact.ts';
import {
  fillProbability,
  makeSpreadProbability,
  upProbability,
} from '../../../src/models/book-race/exact.ts';
import { naiveRace } from './naive-book-race.ts';

/** Cont, Stoikov and Talreja's rates at distance 1, 2 and 3. */
const ONE: BookRaceRates = { join: 1.85, cancel: 0.71, market: 0.94, inside: 0 };
const TWO: BookRaceRates = { join: 1.51, cancel: 0.81, market: 0.94, inside: 1.85 };
const THREE: BookRaceRates = { join: 1.09, cancel: 0.68, market: 0.94, inside: 3.36 };

test('the middle moves up first, at a spread of one tick, as often as Cont, Stoikov and Talreja print', () => {
  const table = [1, 2, 3, 4, 5].map((bid) =>
    [1, 2, 3, 4, 5].map((ask) => upProbability(ONE, bid, ask).toFixed(4).replace('0.', '.')).join(' '),
  );
  expect(table).toEqual([
    '.5000 .3352 .2590 .2158 .1878',
    '.6648 .5000 .4069 .3479 .3072',
    '.7410 .5931 .5000 .4366 .3906',
    '.7842 .6521 .5634 .5000 .4523',
    '.8122 .6928 .6094 .5477 .5000',
  ]);
});

describe.each<[string, BookRaceRates, number, number]>([
  ['one tick', ONE, 1, 1],
  ['one tick', ONE, 2, 1],
  ['one tick', ONE, 1, 3],
  ['two ticks', TWO, 2, 2],
  ['three ticks', THREE, 1, 2],
  ['one tick, of slow cancellations', { join: 0.5, cancel: 0.1, market: 1, inside: 0 }, 3, 2],
  ['two ticks, of hardly any orders inside', { join: 0.8, cancel: 0.9, market: 0.3, inside: 0.01 }, 2, 2],
  ['one tick, where nobody joins', { join: 0, cancel: 0.4, market: 1, inside: 0 }, 3, 4],
])('at %s (%j) from (%d, %d) the chain of all events gives the same', (_name, rates, bid, ask) => {
  const naive = (keptBid: boolean, keptAsk: boolean) =>
    naiveRace({ rates, bid, ask, keptBid, keptAsk, most: 18 });

  test('P(up)', () => expect(upProbability(rates, bid, ask)).toBeCloseTo(naive(false, false), 8));
  test('P(fill)', () => expect(fillProbability(rates, bid, ask)).toBeCloseTo(naive(true, false), 8));
  test('P(make the spread)', () =>
    expect(makeSpreadProbability(rates, bid, ask)).toBeCloseTo(naive(true, true), 8));
});

describe('what is known otherwise', () => {
  test('either side moves, and which one is the other’s mirror', () => {
    for (const rates of [ONE, TWO, THREE]) {
      for (const [bid, ask] of [
        [1, 4],
        [3, 2],
        [7, 30],
      ] as const) {
        // prettier-ignore
        expect(upProbability(rates, bid, ask) + upProbability(rates, ask, bid)).toBeCloseTo(1, 10);
        const make = makeSpreadProbability(rates, bid, ask);
        expect(makeSpreadProbability(rates, ask, bid)).toBeCloseTo(make, 10);
        expect(make).toBeLessThan(fillProbability(rates, bid, ask));
      }
    }
  });

  test('without cancellations and arrivals the side that trades first moves: queues are sums of exponentials', () => {
    const rates = { join: 0, cancel: 0, market: 1, inside: 0 };
    // The ask queue of 2 is empty before the bid queue of 3: two heads before three tails.
    expect(upProbability(rates, 3, 2)).toBeCloseTo(11 / 16, 12);
    expect(fillProbability(rates, 3, 2)).toBeCloseTo(5 / 16, 12);
    // The first of two fills leaves its queue empty, so the middle has moved before the second.
    expect(makeSpreadProbability(rates, 3, 2)).toBe(0);
  });

  test('with one order on each side, and nobody to join, all is decided by the next event', () => {
    const rates = { join: 0, cancel: 0.5, market: 2, inside: 1.5 };
    expect(upProbability(rates, 1, 1)).toBeCloseTo(0.5, 12);
    expect(fillProbability(rates, 1, 1)).toBeCloseTo(2 / (2 + 2.5 + 3), 12);
  });

  test('many orders inside the spread leave nothing to the queues', () => {
    const rates = { ...TWO, inside: 1e6 };
    expect(upProbability(rates, 1, 9)).toBeCloseTo(0.5, 5);
    expect(fillProbability(rates, 1, 9)).toBeLessThan(1e-6);
    expect(makeSpreadProbability(rates, 1, 9)).toBeLessThan(1e-12);
  });
});

test('queues that may outgrow the chain are refused', () => {
  const growing = { join: 5, cancel: 0.01, market: 1, inside: 0 };
  expect(() => upProbability(growing, 1, 1)).toThrow('may reach 200 orders');
  expect(() => fillProbability(growing, 1, 1)).toThrow('may reach 200 orders');
  expect(() => makeSpreadProbability(growing, 1, 1)).toThrow('may reach 200 orders');
  expect(() => upProbability(ONE, 500, 1)).toThrow('a queue of 500 may reach 200 orders');
});
