/** A series of prices from a CSV file: one price a step, in the order of time; what it is, and where it has gaps. */
import { ConfigError } from '../../core/errors.ts';
import { shortDuration } from '../titles.ts';
import { find, need, PRICE, SYMBOL, TIME } from './columns.ts';
import type { CsvRow, CsvTable } from './csv.ts';
import { failAt, readTable } from './csv.ts';
import { isDecimal } from './decimal.ts';
import type { TimeUnit } from './times.ts';
import { contradiction, timeOf, unitBySize } from './times.ts';

export interface PriceSeries {
  readonly file: string;
  readonly prices: Float64Array;
  /** µs since 1970, or numbers that are only an order. */
  readonly times: Float64Array;
  readonly unit: TimeUnit;
  /** In words: which columns were taken, the unit of the times, from when to when. */
  readonly readAs: string;
}

/** Where a row has what is asked for. */
interface Layout {
  readonly time: number;
  readonly price: number;
  /** The names that the file gives them. */
  readonly names: string;
  /** Unit at the end of the time column's name. */
  readonly named: string | undefined;
  readonly symbol: number | undefined;
  /** Opening, highest, lowest and closing price of rows that no header names: a check of what they are. */
  readonly candle?: readonly [number, number, number, number];
}

/** Throws ConfigError that names the line. */
export function readPrices(file: string, text: string): PriceSeries {
  const table = readTable(file, text, ['time', 'price']);
  const layout = layoutOf(table);
  const times = new Float64Array(table.rows.length);
  const prices = new Float64Array(table.rows.length);
  let unit: TimeUnit | undefined;
  table.rows.forEach((row, i) => {
    const time = readTime(file, row, layout);
    unit ??= time.unit;
    if (time.unit !== unit) {
      failAt(file, row.line, `needs times in ${inWords(unit)} like those above, got ${row.fields[layout.time]!} (${inWords(time.unit)})`); // prettier-ignore
    }
    if (i > 0 && !(time.value > times[i - 1]!)) {
      const before = table.rows[i - 1]!.fields[layout.time]!;
      const isNewestFirst = i === 1 && time.value < times[0]!;
      const hint = isNewestFirst ? '; the file seems to begin with the newest: sort it by time' : '';
      failAt(file, row.line, `needs times in rising order, got ${row.fields[layout.time]!} after ${before}${hint}`); // prettier-ignore
    }
    times[i] = time.value;
    prices[i] = positiveNumber(file, row, layout.price, 'price');
    checkRow(table, row, layout);
  });
  if (prices.length < 2) throw new ConfigError([], `${file} has one price; it needs two at least`);
  return { file, prices, times, unit: unit!, readAs: readAs(layout, times, unit!) };
}

/** A number above 0 that a double can hold. Throws ConfigError. */
function positiveNumber(file: string, { fields, line }: CsvRow, column: number, what: string): number {
  const text = fields[column]!;
  if (!isDecimal(text)) failAt(file, line, `needs a ${what} such as 1234.5, got ${text}`);
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) failAt(file, line, `needs a ${what} above 0, got ${text}`);
  return value;
}

function layoutOf(table: CsvTable): Layout {
  const { file, header, headerLine, rows } = table;
  if (header !== undefined) {
    const time = need(table, TIME);
    const price = need(table, PRICE);
    const symbol = find(table, SYMBOL)?.at;
    const names = `${price.name} by ${time.name}`;
    return { time: time.at, price: price.at, names, named: time.unit, symbol };
  }
  const { fields } = rows[0]!;
  const plain = { time: 0, named: undefined, symbol: undefined };
  if (fields.length === 2) {
    const isSwapped = (isDecimal(fields[0]!) && isDecimal(fields[1]!)) && unitBySize(fields[0]!) === 'order' && unitBySize(fields[1]!) !== 'order'; // prettier-ignore
    if (!isSwapped) return { ...plain, price: 1, names: 'time, price (no header)' };
  }
  // Binance's klines, as published for its spot market; Kraken's OHLCVT.
  if (fields.length === 12 && isDecimal(fields[6]!) && Number(fields[6]) > Number(fields[0])) {
    return { ...plain, price: 4, candle: [1, 2, 3, 4], names: 'close of Binance klines (no header)' };
  }
  if (fields.length === 7 && fields.every(isDecimal)) {
    return { ...plain, price: 4, candle: [1, 2, 3, 4], names: 'close of Kraken candles (no header)' };
  }
  return failAt(file, headerLine, `the columns have no names; put a line above them, such as time,price: got ${fields.slice(0, 8).join(',')}`); // prettier-ignore
}

function readTime(file: string, { fields, line }: CsvRow, { time, named }: Layout) {
  const text = fields[time]!;
  const wrong = contradiction(text, named);
  if (wrong !== undefined) failAt(file, line, `${text} ${wrong}, as the column's name says`);
  const read = timeOf(text, named);
  if (read !== undefined) return read;
  return failAt(file, line, `needs a time (seconds, ms, µs or ns since 1970, or 2024-01-31T12:00:00Z), got ${text || 'nothing'}`); // prettier-ignore
}

function checkRow({ file, rows }: CsvTable, row: CsvRow, { symbol, candle }: Layout): void {
  if (symbol !== undefined && row.fields[symbol] !== rows[0]!.fields[symbol]) {
    failAt(file, row.line, `needs prices of one instrument, got ${row.fields[symbol]!} after ${rows[0]!.fields[symbol]!}`); // prettier-ignore
  }
  if (candle === undefined) return;
  const [open, high, low, close] = candle.map((column) => positiveNumber(file, row, column, 'price'));
  if (low! <= Math.min(open!, close!) && high! >= Math.max(open!, close!)) return;
  failAt(file, row.line, 'is no candle (time, open, high, low, close, …): name the columns in a line above');
}

/** What speaks against a step between the prices; undefined where nothing does, or where the times are only an order. */
export function stepWarning({ file, times, unit }: PriceSeries, step_us: number): string | undefined {
  if (unit === 'order') return undefined;
  const { steps, usual } = stepsOf(times);
  if (differs(usual, step_us)) {
    return `${file}: its prices come every ${shortDuration(usual)}, but ${shortDuration(step_us)} is said to be their step`;
  }
  const longer = steps.filter((step) => step > step_us && differs(step, step_us)).sort();
  const shorter = steps.filter((step) => step < step_us && differs(step, step_us)).sort();
  const parts = [
    ...(longer.length === 0
      ? []
      : [`${longer.length} longer (the longest ${shortDuration(longer.at(-1)!)})`]),
    ...(shorter.length === 0
      ? []
      : [`${shorter.length} shorter (the shortest ${shortDuration(shorter[0]!)})`]),
  ];
  if (parts.length === 0) return undefined;
  return `${file}: of ${steps.length} steps of ${shortDuration(step_us)}, ${parts.join(' and ')}; each counts as one step`;
}

function readAs({ names }: Layout, times: Float64Array, unit: TimeUnit): string {
  const count = `${times.length} prices, ${names}`;
  if (unit === 'order') return `${count}, times only an order`;
  const [from, to] = [times[0]!, times.at(-1)!].map(dateOf);
  return `${count}, times in ${inWords(unit)}, ${from!} to ${to!}, ${spacing(times)}`;
}

/** `1 h apart`, `1 h apart, 7 times not` */
function spacing(times: Float64Array): string {
  const { usual, differing } = stepsOf(times);
  const gaps = differing === 1 ? 'once' : `${differing} times`;
  return `${shortDuration(usual)} apart${differing === 0 ? '' : `, ${gaps} not`}`;
}

/** The middle one of the steps between prices, and how many are others. */
function stepsOf(times: Float64Array) {
  const steps = Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1]! - times[i]!);
  const usual = steps.toSorted()[(steps.length - 1) >> 1]!;
  return { steps, usual, differing: steps.filter((step) => differs(step, usual)).length };
}

/** A hundredth of a step is no difference: some venues' times jitter. */
function differs(one: number, other: number): boolean {
  return Math.abs(one - other) > 0.01 * other;
}

/** `2019-01-01 00:00:00 UTC`. Times beyond what a date can be are shown as numbers. */
function dateOf(us: number): string {
  const date = new Date(us / 1000);
  return Number.isNaN(date.getTime())
    ? `${us} µs`
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function inWords(unit: TimeUnit): string {
  const words = { s: 'seconds', ms: 'ms', us: 'µs', ns: 'ns', ISO: 'ISO dates', order: 'plain numbers' };
  return words[unit];
}
