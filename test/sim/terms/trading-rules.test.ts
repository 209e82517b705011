// What trading rules do in a whole market: fees, halts, batches, stops by mark, ends of orders.
import { linear } from '../../../src/contracts/linear.ts';
import { describe, expect, test } from 'vitest';
import { FEES, FIRST_TRADER, INSURANCE, OUTSIDE, SHOCK } from '../../../src/clearing/schema.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { BY_MARK, defineAgent, REDUCE_ONLY } from '../../../src/index.ts';
import { newOrder } from '../../../src/market/order.ts';
import type { InstrumentSpec } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { PLAIN_RULES } from '../../../src/sim/terms/trading-rules.ts';
import { group, instrument, levels, mark, NO_LATENCY, scenarioOf } from '../by-hand.ts';

const S = 1_000_000;

const idle = defineAgent({
  kind: 'idle',
  about: 'Does nothing by itself.',
  params: {},
  born: (_me, birth) => birth.deposit(1e9),
});

const held = defineAgent({
  kind: 'held',
  about: 'Must meet margin requirements, and has hardly the money for ten lots.',
  margined: true,
  params: {},
  born: (_me, birth) => birth.deposit(500),
});

/** Two traders and a book of 10 lots at each tick from 90 to 99 and from 101 to 110; nobody moves but the test. */
function world(
  trading: Partial<NonNullable<InstrumentSpec['trading']>>,
  over: Partial<InstrumentSpec> = {},
  kind = idle,
) {
  const spec = instrument({
    price: 100,
    contract: linear(7),
    bids: levels(99, -1, 10, 10),
    asks: levels(101, 1, 10, 10),
    mark: mark({ rule: 'last' }),
    index: { volatility: 0, every_us: S },
    trading: { ...PLAIN_RULES, ...trading },
    ...over,
  });
  const simulation = new Simulation(
    scenarioOf({ instruments: [spec], groups: [group(kind, 2)], latency: NO_LATENCY }),
  );
  simulation.start(expandSeed('venue rules'));
  return simulation;
}

const [ANN, BOB] = [FIRST_TRADER, FIRST_TRADER + 1];

describe('fees', () => {
  test('are rounded up against the trader, rebates down, to the quantum', () => {
    const simulation = world({ maker_ppm: -150, taker_ppm: 450 });
    const { quote } = simulation.only.ledger.accounts;
    const before = [quote[ANN]!, quote[OUTSIDE]!];
    simulation.only.commands.market(ANN, 0, 3, 0);
    const value = 3 * 101 * 7; // 2121 quanta
    expect(quote[ANN]! - before[0]!).toBe(-value - Math.ceil((value * 450) / 1e6));
    expect(quote[OUTSIDE]! - before[1]!).toBe(value + Math.floor((value * 150) / 1e6));
    expect(quote[FEES]).toBe(1);
    simulation.only.ledger.assertConserved();
  });

  test('go to the insurance fund in part, rounded down; a rebate takes nothing from it', () => {
    const simulation = world({ maker_ppm: -150, taker_ppm: 450, fund_ppm: 300_000 });
    const { quote } = simulation.only.ledger.accounts;
    simulation.only.commands.market(ANN, 0, 300, 0); // 10 lots at each of 101 … 110
    let fees = 0;
    let part = 0;
    let rebates = 0;
    for (let price = 101; price <= 110; price++) {
      const value = 10 * price * 7;
      const fee = Math.ceil((value * 450) / 1e6);
      fees += fee;
      part += Math.floor(fee * 0.3);
      rebates += Math.floor((value * 150) / 1e6);
    }
    expect(part).toBeGreaterThan(0);
    expect(quote[INSURANCE]).toBe(part);
    expect(quote[FEES]).toBe(fees - rebates - part);
    simulation.only.ledger.assertConserved();
  });

  test('of both sides are taken in an auction too', () => {
    const simulation = world(
      { maker_ppm: 100_000, taker_ppm: 200_000, batch_us: S },
      { bids: levels(0, -1, 0, 1) },
    );
    simulation.only.commands.limit(ANN, 0, 2, 105, 0, false);
    simulation.run(S);
    const value = 2 * 101 * 7;
    expect(simulation.only.ledger.position(ANN, 0)).toBe(2);
    expect(simulation.only.ledger.accounts.quote[FEES]).toBe(Math.ceil(value * 0.1) + Math.ceil(value * 0.2));
  });
});

describe('a volatility halt', () => {
  const halt = { move_ppm: 50_000, within_us: 10 * S, call_us: 2 * S, makers: { kind: 'none' as const } };

  test('stops a sweep at the edge of the band, and what is left joins the call', () => {
    const { venue, book, run, phases } = bare(world({ halt }));
    venue.market(ANN, 0, -70, 0); // 99 … 95 are inside of 5 %
    expect(book.lastPrice(0)).toBe(95);
    expect(venue.exchange.isCall(0)).toBe(true);
    expect([phases.isHalted(0), phases.until(0), phases.halts(0)]).toEqual([true, 2 * S, 1]);
    expect(book.owners.open[ANN]).toBe(1);
    venue.limit(BOB, 0, 15, 97, 0, false);
    run(2 * S);
    // 15 lots meet Bob, who pays what the last price allows; 5 go to the next best.
    expect([venue.exchange.isCall(0), phases.isHalted(0), book.owners.open[ANN]]).toEqual([false, false, 0]);
    expect(venue.house.ledger.position(ANN, 0)).toBe(-70);
    expect(venue.house.ledger.position(BOB, 0)).toBe(15);
  });

  test('looks back over its time only', () => {
    const simulation = world({ halt });
    const { commands: venue } = simulation.only;
    venue.market(ANN, 0, -50, 0);
    expect(venue.exchange.isCall(0)).toBe(false);
    simulation.run(11 * S);
    venue.market(ANN, 0, -50, 0); // 94 … 90: within 5 % and a tick of 95, which was in force
    expect(simulation.only.book.lastPrice(0)).toBe(91);
    expect(venue.exchange.isCall(0)).toBe(true);
  });
});

test('in batches nobody trades before the time has come, and market orders wait for it', () => {
  const { venue, book, run } = bare(world({ batch_us: S / 10 }));
  venue.market(ANN, 0, 5, 0);
  venue.limit(BOB, 0, -5, 100, 0, true);
  expect(book.fills.count).toBe(0);
  run(S / 10);
  expect(book.fills.count).toBe(1);
  expect([book.lastPrice(0), venue.house.ledger.position(ANN, 0)]).toEqual([100, 5]);
  venue.limit(BOB, 0, -5, 200, 0, true); // takes part in the next batch, and ends with it
  expect(book.owners.open[BOB]).toBe(1);
  run(S / 5);
  expect(book.owners.open[BOB]).toBe(0);
  expect(venue.exchange.isCall(0)).toBe(true);
});

test('a stop by mark trades in an event of its own when the mark comes to it', () => {
  const { venue, book, run } = bare(world({}));
  venue.stop(newOrder({ owner: ANN, side: 1, lots: 4, trigger: 97, how: BY_MARK }), 0, false);
  venue.market(BOB, 0, -25, 0);
  expect(book.lastPrice(0)).toBe(97);
  expect(book.owners.open[ANN]).toBe(1);
  run(0);
  expect([book.owners.open[ANN], venue.house.ledger.position(ANN, 0)]).toEqual([0, -4]);
});

test('an order ends at its time, also after it was replaced, and its row is free for others', () => {
  const { venue, book, run } = bare(world({}));
  venue.order(newOrder({ owner: ANN, lots: 5, price: 95, tag: 7, display: 2 }), S);
  venue.replace(ANN, 7, 96, 9);
  expect(book.lotsAt(0, 0, 96)).toBe(10 + 2);
  run(S - 1);
  expect(book.owners.open[ANN]).toBe(1);
  run(S);
  expect(book.owners.open[ANN]).toBe(0);
  venue.order(newOrder({ owner: ANN, lots: 5, price: 95, tag: 7 }), 2 * S);
  venue.cancelAll(ANN, 0);
  venue.limit(BOB, 0, 5, 95, 0, false); // in the same row
  run(2 * S);
  expect(book.owners.open[BOB]).toBe(1);
});

test('a reduce-only order that grows is not asked for margin, no more than on its arrival', () => {
  const simulation = world({}, {}, held);
  const { venue, book } = bare(simulation);
  venue.market(ANN, 0, 10, 0);
  venue.order(newOrder({ owner: ANN, side: 1, lots: 4, price: 104, tag: 2, how: REDUCE_ONLY }), 0);
  venue.replace(ANN, 2, 103, 1000);
  expect(book.lotsAt(0, 1, 103)).toBe(10 + 10);
});

test('the shock’s order waits in a halt, and is filled by the auction', () => {
  const { venue, run } = bare(world({ batch_us: S }));
  venue.market(SHOCK, 0, -20, 0);
  run(S);
  expect(venue.house.ledger.position(SHOCK, 0)).toBe(-20);
});

function bare(simulation: Simulation) {
  const { commands: venue, book } = simulation.only;
  return { venue, book, phases: venue.phases, run: (until: number) => simulation.run(until) };
}
