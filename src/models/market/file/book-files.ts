/** The two files that a first book is made of: a snapshot of its levels, and bands of depth round its middle. */
import { Decimal } from 'decimal.js';
import { ConfigError } from '../../../core/errors.ts';
import { MOST, stepsOf } from '../../../core/whole.ts';
import type { Band, Depth, Side, Sides } from './book.ts';
import { levels } from './book.ts';
import type { DataFiles } from '../../../experiment/data-files.ts';
import {
  find,
  levelColumns,
  need,
  notionalColumn,
  SYMBOL,
  TIME,
  WITHIN,
} from '../../../experiment/data/columns.ts';
import type { CsvRow, CsvTable } from '../../../experiment/data/csv.ts';
import { failAt } from '../../../experiment/data/csv.ts';
import { isDecimal } from '../../../experiment/data/decimal.ts';

const SIDES: Readonly<Record<string, Side>> = { bid: 'bid', bids: 'bid', buy: 'bid', ask: 'ask', asks: 'ask', sell: 'ask' }; // prettier-ignore

/** Sizes of an instrument's steps, with the units that they are in. */
export interface LevelUnits {
  readonly tick: Decimal;
  readonly lot: Decimal;
  readonly money: string;
  /** '' if the lot has no unit. */
  readonly base: string;
}

/** Reads a snapshot: rows of side, price and size, each side best first. Throws ConfigError. */
export function readSnapshot(files: DataFiles, reference: string, units: LevelUnits): Sides {
  const { tick, lot, money, base } = units;
  const table = files.csv(reference, ['side', 'price', 'quantity']);
  const columns = columnsOf(table, levelColumns(money, base));
  requireOneMarket(table);
  const bid: Depth = { price: [], lots: [] };
  const ask: Depth = { price: [], lots: [] };
  const held = { bid: 0, ask: 0 };
  for (const row of table.rows) {
    const side = sideOf(table, row, columns[0]!);
    const { price, lots } = side === 'bid' ? bid : ask;
    const ticks = stepsIn(table, row, columns[1]!, tick, 'ticks', 'price');
    const before = price.at(-1);
    if (before !== undefined && !(side === 'bid' ? ticks < before : ticks > before)) {
      const found = row.fields[columns[1]!]!;
      failAt(table.file, row.line, `needs ${side}s from the best price outward, got ${found} after a price beyond it`); // prettier-ignore
    }
    price.push(ticks);
    lots.push(stepsIn(table, row, columns[2]!, lot, 'lots', 'quantity'));
    held[side] += lots.at(-1)!;
    if (held[side] > MOST.lots) {
      failAt(table.file, row.line, `needs at most ${MOST.lots} lots of ${side}s, got ${held[side]} up to here; use a larger lot`); // prettier-ignore
    }
  }
  for (const [name, side] of [
    ['bids', bid],
    ['asks', ask],
  ] as const) {
    if (side.price.length === 0) throw new ConfigError([], `the book has no ${name}`);
  }
  if (bid.price[0]! >= ask.price[0]!) {
    const [best, least] = [bid.price[0]!, ask.price[0]!].map((price) => tick.times(price).toString());
    throw new ConfigError([], `the book crosses: best bid ${best!}, best ask ${least!}`);
  }
  const counts = `${bid.price.length} bids and ${ask.price.length} asks`;
  files.readAs(table.file, `${counts}: ${namesOf(table, columns)}`);
  return { bids: levels(bid), asks: levels(ask) };
}

/**
 * Reads bands: rows of side, distance from the middle in percent, cumulative notional; each side outward. Without a side
 * (Binance's bookDepth) bids are below 0 %. Throws ConfigError.
 */
export function readBands(files: DataFiles, reference: string, money: string): Record<Side, Band[]> {
  const expected = ['side', 'within_percent', 'cumulative_notional'];
  const table = files.csv(reference, expected);
  const hasSide = table.header === undefined || table.header.some((name) => /^side$/i.test(name.trim()));
  const sideColumn = { name: 'side', aliases: [['side']], units: [] };
  const columns = columnsOf(table, [...(hasSide ? [sideColumn] : []), WITHIN, notionalColumn(money)]);
  const [within, notional] = columns.slice(-2) as [number, number];
  requireOneMarket(table);
  if (!hasSide) requireOneTime(table);
  const bands: Record<Side, Band[]> = { bid: [], ask: [] };
  for (const row of hasSide ? table.rows : outward(table, within)) {
    const percent = numberAt(table, row, within, 'percentage');
    const side = hasSide ? sideOf(table, row, columns[0]!) : percent < 0 ? 'bid' : 'ask';
    const share = (hasSide ? percent : Math.abs(percent)) / 100;
    const money = numberAt(table, row, notional, 'notional');
    const list = bands[side];
    const last = list.at(-1);
    if (!(share > (last?.within ?? 0) && share < 1)) {
      failAt(table.file, row.line, `needs percentages in rising order, between 0 and 100, got ${row.fields[within]!}`); // prettier-ignore
    }
    if (!(money >= (last?.notional ?? 0) && money < Infinity)) {
      failAt(table.file, row.line, `needs a cumulative notional that does not fall, got ${row.fields[notional]!}`); // prettier-ignore
    }
    list.push({ within: share, notional: money });
  }
  for (const side of ['bid', 'ask'] as const) {
    if (bands[side].length === 0) throw new ConfigError([], `the file has no bands of ${side}s`);
  }
  const counts = `${bands.bid.length} bands of bids and ${bands.ask.length} of asks`;
  files.readAs(table.file, `${counts}: ${namesOf(table, columns)}`);
  return bands;
}

/** Of the columns that were taken, as the file has them. */
function namesOf({ header }: CsvTable, columns: readonly number[]): string {
  const names = columns.map((at) => header?.[at] ?? `column ${at + 1}`).join(', ');
  return header === undefined ? `${names} (no header)` : names;
}

/** Positions of the columns; of a file without a header in the order in which they are listed. */
function columnsOf(table: CsvTable, columns: readonly Parameters<typeof need>[1][]): readonly number[] {
  if (table.header !== undefined) return columns.map((column) => need(table, column).at);
  const { fields } = table.rows[0]!;
  if (fields.length === columns.length) return columns.map((_, i) => i);
  const names = columns.map(({ name }) => name).join(',');
  return failAt(table.file, table.headerLine, `needs ${names}, got ${fields.join(',').slice(0, 40)}`);
}

function requireOneMarket(table: CsvTable): void {
  const symbol = table.header === undefined ? undefined : find(table, SYMBOL)?.at;
  if (symbol === undefined) return;
  const first = table.rows[0]!.fields[symbol]!;
  const other = table.rows.find(({ fields }) => fields[symbol] !== first);
  if (other !== undefined)
    failAt(table.file, other.line, `needs rows of one instrument, got ${other.fields[symbol]!} after ${first}`); // prettier-ignore
}

function requireOneTime(table: CsvTable): void {
  const time = find(table, TIME)?.at;
  if (time === undefined) return;
  const first = table.rows[0]!.fields[time]!;
  const other = table.rows.find(({ fields }) => fields[time] !== first);
  if (other !== undefined)
    failAt(table.file, other.line, `needs the bands of one time, got ${other.fields[time]!} after ${first}`);
}

/** Rows by distance from the middle. */
function outward(table: CsvTable, within: number): readonly CsvRow[] {
  const distance = (row: CsvRow): number => Math.abs(numberAt(table, row, within, 'percentage'));
  return table.rows.toSorted((a, b) => distance(a) - distance(b));
}

function sideOf({ file }: CsvTable, { fields, line }: CsvRow, column: number): Side {
  const written = fields[column]!;
  const key = written.toLowerCase();
  return Object.hasOwn(SIDES, key) ? SIDES[key]! : failAt(file, line, `needs bid or ask, got ${written}`);
}

function numberAt({ file }: CsvTable, { fields, line }: CsvRow, column: number, what: string): number {
  const text = fields[column]!;
  return isDecimal(text) ? Number(text) : failAt(file, line, `needs a ${what} such as 12.5, got ${text}`);
}

/** A field as a whole positive number of steps. */
function stepsIn(
  { file }: CsvTable,
  { fields, line }: CsvRow,
  column: number,
  step: Decimal,
  unit: 'ticks' | 'lots',
  what: string,
): number {
  const text = fields[column]!;
  if (!isDecimal(text)) failAt(file, line, `needs a ${what} such as 12.5, got ${text || 'nothing'}`);
  const amount = new Decimal(text);
  if (!amount.gt(0)) failAt(file, line, `needs a ${what} above 0, got ${text}`);
  try {
    return stepsOf(amount, step, unit, `the ${unit.slice(0, -1)}, ${step.toString()}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [needs, ...remedy] = error.message.replace(/^needs a positive multiple of/, `needs a ${what} that is a multiple of`).replace(/^needs at most/, `needs a ${what} of at most`).split('; '); // prettier-ignore
    return failAt(file, line, [`${needs!}, got ${text}`, ...remedy].join('; '));
  }
}
