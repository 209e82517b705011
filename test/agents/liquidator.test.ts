// The registered liquidator: what it bids, how much it can hold, and how it closes what it won.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../src/clearing/schema.ts';
import { Offer } from '../../src/sim/agent/offer.ts';
import { S, stage, takenBy } from './stage.ts';

const params = {
  capital: 100_000_000,
  leverage: 5,
  capacity: 1000,
  discount: 0.01,
  doubt: 0,
  unwinds: 0.5,
  every: S,
};

/** Asks the stage's liquidator; the mark is 50,000. */
function ask(
  over: Record<string, number>,
  given: Partial<Pick<Offer, 'lots' | 'asked'>>,
  auction = 0,
): Offer {
  const simulation = stage('liquidator', { params: { ...params, ...over } });
  const offer = new Offer();
  offer.mark = 50_000;
  offer.lots = given.lots ?? 400;
  offer.asked = given.asked ?? 0;
  simulation.crowd.ask(0, FIRST_TRADER, auction, offer);
  return offer;
}

describe('a liquidator', () => {
  test('takes what it is asked for at its discount, and not a tick above', () => {
    expect(ask({}, { asked: 49_500 }).wanted).toBe(400);
    expect(ask({}, { asked: 49_501 }).wanted).toBe(0);
    expect(ask({}, { lots: -400, asked: 50_500 }).wanted).toBe(400);
    expect(ask({}, { lots: -400, asked: 50_499 }).wanted).toBe(0);
  });

  test('names that price in a sealed auction', () => {
    expect(ask({}, {})).toMatchObject({ wanted: 400, price: 49_500 });
    expect(ask({}, { lots: -400 })).toMatchObject({ wanted: 400, price: 50_500 });
  });

  test('holds no more than its capacity, nor than its leverage', () => {
    expect(ask({ capacity: 300 }, {}).wanted).toBe(300);
    expect(ask({ leverage: 0.1 }, {}).wanted).toBe(200); // 10,000,000 quanta of notional
  });

  test('requires the same at each step of one auction, and something else in the next', () => {
    const bid = (auction: number) => ask({ doubt: 0.01 }, {}, auction).price;
    expect(bid(3)).toBe(bid(3));
    expect(bid(3)).not.toBe(bid(4));
  });

  test.each([1, -1])('closes half of what it holds at each look (side %i)', (side) => {
    const simulation = stage('liquidator', { params });
    const buyer = side > 0 ? FIRST_TRADER : OUTSIDE;
    simulation.only.ledger.settle(buyer, side > 0 ? OUTSIDE : FIRST_TRADER, 0, 40, 50_000);
    simulation.run(60 * S);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBe(0);
    expect(takenBy(simulation).map(({ lots }) => -lots * side)).toEqual([20, 10, 5, 3, 1, 1]);
  });

  test('asleep in a withdrawal bids for nothing', () => {
    const simulation = stage('liquidator', { params });
    simulation.crowd.suspend(0, 'liquidator', S);
    const offer = new Offer();
    offer.mark = 50_000;
    offer.lots = 400;
    simulation.crowd.ask(0, FIRST_TRADER, 0, offer);
    expect(offer.wanted).toBe(0);
  });
});
