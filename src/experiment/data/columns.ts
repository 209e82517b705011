/**
 * Columns by name. A column is known by its own name or by what exchanges call it in the files that they publish; a name
 * may end with its unit (`close_usdt`, `time_ms`). No name, or two that could be meant, is an error that lists what there is.
 *
 * Sources of the names: Binance (data.binance.vision: klines, trades, aggTrades, bookDepth), Bybit (public.bybit.com: trades),
 * OKX (historical data: trades, candlesticks), BitMEX (public trades), Deribit, Kraken, Bitstamp and Coinbase (candles and trades
 * as their interfaces name the fields), CryptoDataDownload, Tardis.
 */
import type { CsvTable } from './csv.ts';
import { failAt } from './csv.ts';

export interface Column {
  /** What it is called in messages. */
  readonly name: string;
  /** Names that will do. Those of an earlier group are preferred; two of one group are ambiguous. */
  readonly aliases: readonly (readonly string[])[];
  /** What a name may end with, behind an underscore. */
  readonly units: readonly string[];
}

const CURRENCIES = ['usd', 'usdt', 'usdc', 'fdusd', 'busd', 'tusd', 'dai', 'eur', 'gbp', 'jpy', 'krw', 'chf', 'aud', 'btc', 'xbt', 'eth']; // prettier-ignore
export const TIME_SUFFIXES = ['s', 'sec', 'ms', 'us', 'ns'] as const;

export const TIME: Column = {
  name: 'time',
  aliases: [
    ['time', 'timestamp', 'ts', 'unix', 'epoch', 'open_time', 'start_time', 'start_at', 'start', 'transact_time', 'trade_time', 'exec_time', 'created_time', 'created_at', 'created'], // prettier-ignore
    ['datetime', 'date_time', 'date', 'day'],
    ['close_time', 'end_time', 'end'],
  ],
  units: TIME_SUFFIXES,
};

export const PRICE: Column = {
  name: 'price',
  aliases: [
    ['price', 'px', 'close', 'close_price', 'trade_price'],
    ['last', 'last_price'],
    ['mark_price'],
    ['index_price'],
  ],
  units: CURRENCIES,
};

const SIDE: Column = { name: 'side', aliases: [['side']], units: [] };

/** Price and size of a level, which must be in the units of the instrument if they say which. */
export const levelColumns = (money: string, base: string): readonly Column[] => [
  SIDE,
  { name: 'price', aliases: [['price', 'px']], units: [snake(money)] },
  {
    name: 'quantity',
    aliases: [
      ['quantity', 'qty', 'size', 'amount'],
      ['volume', 'vol'],
    ],
    units: [snake(base)],
  },
];

export const WITHIN: Column = {
  name: 'within_percent',
  aliases: [['within_percent', 'percentage', 'percent']],
  units: [],
};

export const notionalColumn = (money: string): Column => ({
  name: 'cumulative_notional',
  aliases: [['cumulative_notional', 'notional']],
  units: [snake(money)],
});

/** What is traded: rows of two instruments are no series. */
export const SYMBOL: Column = {
  name: 'symbol',
  aliases: [['symbol', 'instrument_name', 'instrument', 'inst_id', 'pair', 'ticker']],
  units: [],
};

/** Position of a column and the unit at the end of its name; undefined where it is not there. Throws ConfigError. */
export function find(
  { file, header = [], headerLine }: CsvTable,
  { name, aliases, units }: Column,
): { readonly at: number; readonly unit: string | undefined; readonly name: string } | undefined {
  const names = header.map(snake);
  for (const group of aliases) {
    const found = names.flatMap((written, at) => {
      const alias = group.find((one) => written === one || units.some((unit) => unit !== '' && written === `${one}_${unit}`)); // prettier-ignore
      return alias === undefined ? [] : [{ at, unit: written.slice(alias.length + 1) || undefined, name: header[at]! }]; // prettier-ignore
    });
    if (found.length > 1) {
      const candidates = found.map((one) => one.name).join(' or ');
      failAt(
        file,
        headerLine,
        `which column is the ${name}: ${candidates}? Keep one of them; ${listed(header)}`,
      );
    }
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** `find`, where the column must be there. */
export function need(table: CsvTable, column: Column): NonNullable<ReturnType<typeof find>> {
  const found = find(table, column);
  if (found !== undefined) return found;
  const names = column.aliases.flat();
  const some = names.length > 6 ? `${names.slice(0, 6).join(', ')} …` : names.join(', ');
  return failAt(
    table.file,
    table.headerLine,
    `needs a column ${column.name} (${some}${unitsOf(column)}); ${listed(table.header ?? [])}`,
  );
}

function unitsOf({ units }: Column): string {
  const shown = units.filter((unit) => unit !== '').slice(0, 5);
  return shown.length === 0 ? '' : `, with or without _${shown.join(', _')}`;
}

function listed(header: readonly string[]): string {
  return `the header has ${header.map((name) => name || "''").join(', ')}`;
}

/** `openTime`, `Open time` and `Volume (BTC)` as `open_time` and `volume_btc`. */
function snake(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
}
