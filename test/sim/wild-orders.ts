// A trader for tests that gives every kind of order that the exchange knows, with no plan.
import {
  BY_MARK,
  defineAgent,
  duration,
  FILL_OR_KILL,
  IMMEDIATE_OR_CANCEL,
  money,
  number,
  POST_ONLY,
  REDUCE_ONLY,
  size,
} from '../../src/index.ts';

export const wildOrders = defineAgent({
  kind: 'wild-orders',
  about: 'Random orders of every kind, with stops, icebergs and ends, on a margined account.',
  margined: true,
  params: {
    every: duration('100 ms', 'Mean time between commands.'),
    instruments: number(1, 'How many there are.'),
    wealth: money(10_000, 'Money that it starts with.'),
    size: size('0.05 BTC', 'Mean size of an order.'),
  },
  born(me, birth) {
    birth.deposit(me.wealth);
  },
  wake(me, market, rng) {
    market.at(rng.below(me.instruments));
    const buys = rng.chance(0.5);
    const lots = (1 + Math.floor(rng.exponential(me.size))) * (buys ? 1 : -1);
    const near = () => Math.max(1, Math.round(market.mid * (1 + 0.003 * rng.normal())));
    const until = rng.chance(0.5) ? market.time + Math.round(rng.exponential(2e6)) : 0;
    const tag = rng.below(4);
    const tif = [0, 0, IMMEDIATE_OR_CANCEL, FILL_OR_KILL, POST_ONLY][rng.below(5)]!;
    const how = tif + (rng.chance(0.2) ? REDUCE_ONLY : 0);
    const waits = (rng.chance(0.5) ? BY_MARK : 0) + (rng.chance(0.3) ? REDUCE_ONLY : 0);
    switch (me.openOrders > 12 ? 7 : rng.below(9)) {
      case 0:
      case 1:
        market.order(lots, near(), how, { display: rng.chance(0.5) ? 1 + rng.below(5) : 0, until, tag });
        break;
      case 2:
        market.order(lots, 0, how & REDUCE_ONLY, { until, tag });
        break;
      case 3:
      case 4:
        market.stop(lots, near(), rng.chance(0.5) ? near() : 0, waits, { until, tag });
        break;
      case 5:
        market.takeProfit(lots, near(), rng.chance(0.5) ? near() : 0, waits, { until, tag });
        break;
      case 6:
        market.replace(tag, Math.abs(lots), near());
        break;
      case 7:
        if (rng.chance(0.3)) market.cancelAll();
        else market.cancelOldest();
        break;
      default:
        market.cancel(tag);
    }
    return rng.exponential(me.every);
  },
});
