// Cascades on books that fit on a page: who is liquidated, in which generation, by whose order, at what price.
import { describe, expect, test } from 'vitest';
import { mark } from './by-hand.ts';
import { market } from './draw.ts';

describe('one generation', () => {
  test('a sale through two levels liquidates the account between them, and only that one', () => {
    const world = market(`
      price   bids   asks   longs that break here
      101            5
      100     5
       99     5             A: 5 lots
       98     5
       97     5             B: 5 lots
    `);
    world.sell(10); // takes 100 and 99
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here
      101            5
       97     5             B: 5 lots
    `);
    expect(world.liquidations()).toEqual([{ account: 'A', generation: 1, cause: 'sale', price: 98 }]);
    expect(world.moneyCreated()).toBe(0);
  });

  test('a sale that ends one tick above a trigger liquidates nobody', () => {
    const world = market(`
      price   bids   asks   longs that break here
      101            5
      100     5
       99     5
       98     5             A: 5 lots
    `);
    world.sell(6); // the last price is 99
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here
      101            5
       99     4
       98     5             A: 5 lots
    `);
    expect(world.calls()).toEqual([]);
  });

  test('a purchase through two levels liquidates the short between them, and only that one', () => {
    const world = market(
      `
      price   bids   asks   shorts that break here
      104            5      B: 5 lots
      103            5
      102            5      A: 5 lots
      101            5
      100     5
    `,
    );
    world.buy(10); // takes 101 and 102
    expect(world.drawn()).toBe(`
      price   bids   asks   shorts that break here
      104            5      B: 5 lots
      100     5
    `);
    expect(world.liquidations()).toEqual([{ account: 'A', generation: 1, cause: 'sale', price: 103 }]);
  });

  test('longs and shorts stand on both sides of the same price and each breaks on its own side', () => {
    const world = market(`
      price   bids   asks   longs that break here   shorts that break here
      103            9                              S: 2 lots
      102            2
      101            2
      100     2
       99     2             L: 2 lots
       98     9
    `);
    world.sell(4);
    expect(world.liquidations().map(({ account }) => account)).toEqual(['L']);
    world.buy(5);
    expect(world.liquidations().map(({ account }) => account)).toEqual(['L', 'S']);
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here   shorts that break here
      103            6
       98     7
    `);
  });

  test('one sale through several triggers makes them all roots, the nearest first', () => {
    const world = market(`
      price   bids   asks   longs that break here
      100     5
       99     5             A: 1 lots
       98     5             B: 1 lots, C: 1 lots
       97     50            D: 1 lots
    `);
    world.sell(12); // to 98
    expect(world.liquidations()).toEqual([
      { account: 'A', generation: 1, cause: 'sale', price: 98 },
      { account: 'B', generation: 1, cause: 'sale', price: 98 },
      { account: 'C', generation: 1, cause: 'sale', price: 98 },
    ]);
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here
       97     50            D: 1 lots
    `);
  });
});

describe('a cascade', () => {
  const table = `
      price   bids   asks   longs that break here
      101            5
      100     5
       99     5             A: 10 lots
       98     5
       97     5             B: 4 lots, C: 3 lots
       96     3
       95     9             D: 2 lots
       94     9             E: 1 lots
    `;

  test('of three generations names each cause and ends where the book is deep enough', () => {
    const world = market(table);
    world.sell(10); // A must sell 10 lots, down to 97; B and C follow, C down to 95
    expect(world.liquidations()).toEqual([
      { account: 'A', generation: 1, cause: 'sale', price: 97.5 },
      { account: 'B', generation: 2, cause: 'A', price: 95.75 },
      { account: 'C', generation: 2, cause: 'A', price: 95 },
      { account: 'D', generation: 3, cause: 'B', price: 95 },
    ]);
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here
      101            5
       95     3
       94     9             E: 1 lots
    `);
  });

  test('has one root, and generations that count up from it', () => {
    const {
      only: { house },
    } = market(table).sell(10).simulation;
    const { parent, root, generation, call } = house.liquidations;
    const columns = (column: Int32Array) => [...column.subarray(0, house.liquidationCount)];
    expect(columns(parent)).toEqual([-1, 0, 0, 1]);
    expect(columns(root)).toEqual([0, 0, 0, 0]);
    expect(columns(generation)).toEqual([1, 2, 2, 3]);
    expect(columns(call)).toEqual([0, 1, 2, 3]);
    expect(columns(house.calls.parent)).toEqual([-1, 0, 0, 1]);
  });

  test('pays everything back to the last quantum', () => {
    const world = market(table).sell(10);
    expect(world.moneyCreated()).toBe(0);
    world.simulation.only.ledger.assertConserved();
  });

  test('does not begin when the engine is off', () => {
    const world = market(table);
    world.simulation.only.house.switchEngineOff();
    world.sell(10);
    expect(world.calls()).toEqual([]);
    expect(world.liquidations()).toEqual([]);
    expect(world.position('A')).toBe(10);
  });
});

describe('the cause of a breach', () => {
  const slow = { latency: { liquidation_us: 1000 } };

  test('is the ordinary sale that crossed the trigger, though a liquidation had come close', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      100     5
       99     5             A: 5 lots
       98     5
       97     5             B: 5 lots
       96     9
    `,
      slow,
    );
    world.sell(10).until(1000); // A sells at 98
    world.sell(1); // the first trade at 97
    world.until(10_000);
    expect(world.liquidations()).toEqual([
      { account: 'A', generation: 1, cause: 'sale', price: 98 },
      { account: 'B', generation: 1, cause: 'sale', price: 96.8 },
    ]);
  });

  test('is the liquidation that crossed it, though an ordinary sale came before the mark was looked at', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      100     5
       99     5             A: 5 lots
       98     3
       97     5             B: 2 lots
       96     9
    `,
      { mark: mark({ rule: 'last' }, 50), latency: { liquidation_us: 10 } },
    );
    world.sell(10).until(60); // mark at 50, A liquidated at 60 through 98 and 97
    world.sell(2).until(1000); // the rest of 97 is bought before the next look at 100
    expect(world.liquidations()).toEqual([
      { account: 'A', generation: 1, cause: 'sale', price: 97.6 },
      { account: 'B', generation: 2, cause: 'A', price: 96.5 },
    ]);
  });

  test('is the sale that crossed it again after the price had recovered', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      101            9
      100     5
       99     5             A: 5 lots
       98     3
       97     5             B: 2 lots
       96     9
    `,
      { mark: mark({ rule: 'last' }, 50), latency: { liquidation_us: 10 } },
    );
    world.sell(10).until(60); // A liquidated through 97
    world.buy(1); // back at 101
    world.sell(1).until(1000); // and at 97 again
    expect(world.liquidations()).toEqual([
      { account: 'A', generation: 1, cause: 'sale', price: 97.6 },
      { account: 'B', generation: 1, cause: 'sale', price: 97 },
    ]);
  });

  test('is nobody when quotes, not trades, moved the mark', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      102            5
      100     5
       95     5             A: 5 lots
       90     5
    `,
      { mark: mark({ rule: 'mid' }), price: 101 },
    );
    world.cancelQuotes().ask(5, 96).bid(5, 94);
    expect(world.simulation.only.ledger.marks[0]).toBe(95);
    expect(world.liquidations()).toEqual([{ account: 'A', generation: 1, cause: 'sale', price: 94 }]);
    expect(world.simulation.only.house.calls.fill[0]).toBe(-1);
  });
});

describe('orders of the account itself', () => {
  test('are cancelled before it is liquidated, so that it does not trade with itself', () => {
    const world = market(`
      price   bids   asks   longs that break here
      100     5
       99     5             A: 5 lots
       97     9
    `);
    world.simulation.only.commands.limit(world.accountOf('A'), 0, 5, 98, 7, false);
    world.sell(10);
    expect(world.liquidations()).toEqual([{ account: 'A', generation: 1, cause: 'sale', price: 97 }]);
    expect(world.simulation.only.book.owners.open[world.accountOf('A')]).toBe(0);
  });

  test('move its trigger when they are filled', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      100     9
       90     9             A: 5 lots
    `,
      {
        policy: { margin: { rule: 'flat', leverage: 1, maintenance_rate: 0 }, check_orders: false },
      },
    );
    world.simulation.only.commands.limit(world.accountOf('A'), 0, 5, 99, 7, false);
    world.sell(14); // 9 at 100, then 5 at 99 from A: 50 quanta between it and zero now last for 10 lots
    expect(world.drawn()).toBe(`
      price   bids   asks   longs that break here
       94                   A: 10 lots
       90     9
    `);
  });

  test('break it when their fill asks for more margin than it has', () => {
    const world = market(
      `
      price   bids   asks   longs that break here
      100     9
       90     90            A: 5 lots
    `,
      {
        policy: {
          margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 },
          check_orders: false,
        },
      },
    );
    world.simulation.only.commands.limit(world.accountOf('A'), 0, 25, 99, 7, false);
    expect(world.equity('A')).toBe(73); // 50 to lose until 90, and 5 % of 5 lots there
    world.sell(34); // now 30 lots, worth 98 with a requirement of 150 at the mark of 100
    expect(world.liquidations()).toEqual([{ account: 'A', generation: 1, cause: 'sale', price: 90 }]);
    expect(world.calls()[0]).toMatchObject({ account: 'A', mark: 100 });
  });
});
