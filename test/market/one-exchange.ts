/** An exchange of one instrument and a listener, for tests of a few commands: account 0 to 4, tags as the test likes. */
import { World } from '../../src/core/world.ts';
import { exchangeSchema } from '../../src/market/exchange-schema.ts';
import { Exchange } from '../../src/market/exchange.ts';
import type { MarketRules } from '../../src/market/reports.ts';
import { EngineListener } from './listener.ts';

const CAPACITY = { instruments: 1, orders: 60, terms: 60, owners: 5, span: 1024, fills: 16 };

export interface OneExchange {
  readonly exchange: Exchange;
  /** A new order's lots: the listener counts what is open of it. Returns its tag. */
  readonly open: (tag: number, lots: number) => number;
  /** What was told since the last time, one short line an event. */
  readonly told: () => string[];
}

export function oneExchange(rules: MarketRules = { selfTrade: 'none' }): OneExchange {
  const says = new EngineListener({});
  const { tables } = new World(exchangeSchema(CAPACITY));
  const exchange = new Exchange(tables, CAPACITY, [rules], says);
  exchange.reset();
  says.book = exchange.book;
  return {
    exchange,
    open(tag, lots) {
      says.open.set(tag, lots);
      return tag;
    },
    told() {
      const { events } = says;
      says.events = [];
      return events;
    },
  };
}
