// A trader for tests: does anything that an agent can do, in every instrument, with borrowed money and no plan.
import { defineAgent, duration, money, number, size } from '../../src/index.ts';

export const wild = defineAgent({
  kind: 'wild',
  about:
    'Random commands in all instruments on one margined account; answers some calls, with too little or too much.',
  margined: true,
  facilities: ['free'],
  params: {
    every: duration('100 ms', 'Mean time between commands.'),
    instruments: number(1, 'How many there are.'),
    wealth: money(10_000, 'Money that it starts with.'),
    reserve: money(5_000, 'Money that it keeps outside.'),
    leverage: number(5, 'Notional at the start over money.'),
    size: size('0.05 BTC', 'Mean size of an order.'),
    answers: number(0.5, 'Probability that it answers a call with money.'),
    free: number(0, 'Money at the venue that is not pledged, over its wealth; above 0: it borrows, too.'),
    asset_share: number(0, 'Part of its wealth that it brings in a collateral asset.'),
    asset: number(1, 'Which asset.'),
    delay: duration('500 ms', 'Mean time until that money arrives.'),
  },
  state: { commands: 'i32' },
  born(me, birth, rng) {
    birth.deposit((1 - me.asset_share) * me.wealth);
    birth.bring(me.asset - 1, me.asset_share * me.wealth);
    birth.keepReserve(me.reserve);
    birth.keepFree(me.free * me.wealth);
    for (let i = 0; i < me.instruments; i++) {
      birth.instrument = i;
      const most = (me.leverage * me.wealth) / (me.instruments * birth.lotValue(birth.mark));
      const lots = Math.floor((2 * rng.uniform() - 1) * most);
      if (lots !== 0 && rng.chance(0.8)) birth.hold(lots, birth.mark);
    }
  },
  wake(me, market, rng) {
    me.commands += 1;
    market.at(rng.below(me.instruments));
    const buys = rng.chance(0.5);
    const lots = (1 + Math.floor(rng.exponential(me.size))) * (buys ? 1 : -1);
    const price = Math.max(1, Math.round(market.mid * (1 + 0.002 * rng.normal())));
    switch (me.openOrders > 8 ? 5 : rng.below(9)) {
      case 0:
      case 1:
        if (buys) market.buy(lots, 1);
        else market.sell(-lots, 1);
        break;
      case 2:
      case 3:
        market.limit(lots, price, rng.below(3));
        break;
      case 4:
        market.immediate(lots, price);
        break;
      case 5:
        market.cancelOldest();
        break;
      case 6:
        if (rng.chance(0.2)) market.cancelAll();
        else market.cancel(rng.below(3));
        break;
      case 7:
        if (rng.chance(0.1)) market.withdraw(0.1 * me.equity);
        if (me.free > 0 && rng.chance(0.1)) market.chooseLeverage(1 + rng.below(20));
        break;
      default:
        if (rng.chance(0.1)) market.topUp(0.05 * me.reserveLeft, rng.exponential(me.delay));
    }
    return rng.exponential(me.every);
  },
  called(me, market, rng, demand) {
    if (rng.chance(me.answers)) {
      const quanta = demand * [0.4, 1, 1.5][rng.below(3)]!;
      const delay = rng.exponential(me.delay);
      const how = rng.below(8);
      if (how === 0) market.failToBring(delay);
      else if (how < 3 && me.free > 0) market.borrow(quanta, delay, 0.01);
      else market.topUp(quanta, delay, how < 5 ? 0 : 0.003);
      return;
    }
    market.at(rng.below(me.instruments));
    market.cancelAll();
    if (me.position > 0) market.sell(Math.ceil(me.position / 2));
    else market.buy(Math.ceil(-me.position / 2));
  },
  warned(me, market) {
    if (me.openOrders > 0) market.cancelAll();
  },
});
