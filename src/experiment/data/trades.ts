/** Trades of a real market, as the estimators of facts take them: what matched in one millisecond on one side is one order. */
import type { Block } from '../../stats/facts/block.ts';
import type { DataFiles } from '../data-files.ts';
import { need, PRICE, TIME } from './columns.ts';
import type { Column } from './columns.ts';
import { failAt } from './csv.ts';
import { isDecimal } from './decimal.ts';

const QUANTITY: Column = {
  name: 'quantity',
  aliases: [['quantity', 'qty', 'size', 'amount', 'volume']],
  units: ['btc', 'eth', 'base'],
};
const TAKER: Column = { name: 'taker_side', aliases: [['taker_side', 'side', 'direction']], units: [] };

/** Milliseconds in a unit of time. */
const MS: Readonly<Record<string, number>> = { s: 1000, sec: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

interface Order {
  readonly time_ms: number;
  readonly sign: number;
  size: number;
  price: number;
}

/** Stretches of so many seconds; prices are those of the last trade. Throws ConfigError. */
export function readTrades(files: DataFiles, reference: string, stretch_s: number): Block[] {
  const orders = ordersOf(files, reference);
  const first = orders[0]!.time_ms;
  const seconds = Math.floor((orders.at(-1)!.time_ms - first) / 1000) + 1;
  const prices = lastPrices(orders, first, seconds);
  return Array.from({ length: Math.floor(seconds / stretch_s) }, (_, i): Block => {
    const start_s = i * stretch_s;
    const own = orders.filter(({ time_ms }) => Math.floor((time_ms - first) / 1000 / stretch_s) === i);
    const mid = prices.slice(start_s, start_s + stretch_s + 1);
    return {
      start_s,
      mid,
      index: mid,
      spread: new Float64Array(0),
      touch: new Float64Array(0),
      activity: new Float64Array(0),
      depth: NaN,
      near: NaN,
      trade_s: Float64Array.from(own, ({ time_ms }) => (time_ms - first) / 1000),
      trade_sign: Float64Array.from(own, ({ sign }) => sign),
      trade_size: Float64Array.from(own, ({ size }) => size),
    };
  });
}

function ordersOf(files: DataFiles, reference: string): Order[] {
  const expected = ['time_ms', 'price', 'quantity', 'taker_side'];
  const table = files.csv(reference, expected);
  const columns = table.header && [TIME, PRICE, QUANTITY, TAKER].map((column) => need(table, column));
  const [time, price, quantity, side] = (columns?.map(({ at }) => at) ?? [0, 1, 2, 3]) as [number, number, number, number]; // prettier-ignore
  const ms = MS[columns?.[0]?.unit ?? 'ms']!;
  const orders: Order[] = [];
  for (const { fields, line } of table.rows) {
    const number = (at: number, what: string): number => {
      const text = fields[at]!;
      if (!isDecimal(text) || !(Number(text) > 0)) failAt(table.file, line, `needs a ${what} above 0, got ${text}`); // prettier-ignore
      return Number(text);
    };
    const taker = fields[side]!.toLowerCase();
    if (taker !== 'buy' && taker !== 'sell') failAt(table.file, line, `needs buy or sell, got ${fields[side]!}`); // prettier-ignore
    const one = { time_ms: Math.floor(number(time, 'time') * ms), sign: taker === 'buy' ? 1 : -1, size: number(quantity, 'quantity'), price: number(price, 'price') }; // prettier-ignore
    const last = orders.at(-1);
    if (last !== undefined && one.time_ms < last.time_ms) failAt(table.file, line, 'is earlier than the line before it'); // prettier-ignore
    if (last?.time_ms === one.time_ms && last.sign === one.sign) {
      last.size += one.size;
      last.price = one.price;
    } else orders.push(one);
  }
  return orders;
}

/** At each second the price of the last trade before it; at the first, of the first. */
function lastPrices(orders: readonly Order[], first: number, seconds: number): Float64Array {
  const prices = new Float64Array(seconds + 1);
  let next = 0;
  let price = orders[0]!.price;
  for (let s = 0; s <= seconds; s++) {
    for (; next < orders.length && orders[next]!.time_ms - first <= s * 1000; next++) {
      ({ price } = orders[next]!);
    }
    prices[s] = price;
  }
  return prices;
}
