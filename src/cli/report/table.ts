/**
 * All tables of the terminal: they keep within its width. A cell that is too wide is broken between words, and columns for
 * which there is no room go on below, the first column in every part.
 */
import Table from 'cli-table3';
import { minus } from '../../report/words/numbers.ts';
import { lengthOf, wrapped } from './text.ts';
import { widthOf } from './width.ts';

export interface Column {
  /** Lines of its head. */
  readonly head: string;
  readonly align?: 'left' | 'right' | undefined;
  /** A cell for each row; lines of a cell are kept. */
  readonly cells: readonly string[];
}

export interface Style {
  readonly width?: number;
}

/** Borders and padding of a column; one more border ends the table. */
const EDGE = 3;

/** `first`: names the rows, and stands in every part. */
export function table(first: Column, columns: readonly Column[], style: Style = {}): string {
  const { width = widthOf(process.stdout) } = style;
  const naming = fitted(first, columns.length === 0 ? width - 1 : Math.floor((width - 1) / 2));
  const room = width - widthNeeded(naming) - 1;
  const parts: Column[][] = [];
  let left = -Infinity;
  for (const column of columns.map((wide) => fitted(wide, room))) {
    const needed = widthNeeded(column);
    if (needed > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)!.push(column);
    left -= needed;
  }
  return (parts.length === 0 ? [[]] : parts).map((part) => drawn([naming, ...part])).join('\n');
}

/** The same from rows. The first column names them. */
export function tableOfRows(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style & { readonly aligns?: readonly ('left' | 'right')[] } = {},
): string {
  const [first, ...columns] = heads.map((head, i) => ({
    head,
    align: style.aligns?.[i],
    cells: rows.map((row) => row[i]!),
  }));
  return table(first!, columns, style);
}

function drawn(columns: readonly Column[]): string {
  const grid = new Table({
    head: columns.map(({ head }) => head),
    style: { head: [], border: [], compact: true },
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  const rows = columns[0]!.cells.length;
  for (let row = 0; row < rows; row++) grid.push(columns.map(({ cells }) => minus(cells[row]!)));
  return grid.toString();
}

function fitted(column: Column, room: number): Column {
  if (widthNeeded(column) <= room) return column;
  const fit = (text: string): string =>
    text
      .split('\n')
      .map((line) => (lengthOf(line) + EDGE <= room ? line : broken(line, room - EDGE)))
      .join('\n');
  return { ...column, head: fit(column.head), cells: column.cells.map(fit) };
}

/** Between words; only a word that no line could hold is cut, a path between its names. */
function broken(line: string, width: number): string {
  const words = line.split(' ').map((word) => (word.length <= width ? word : pieces(word, width).join(' ')));
  return wrapped(words.join(' '), width);
}

function pieces(word: string, width: number): string[] {
  const all: string[] = [];
  for (const name of word.split(/(?<=[./_-])|(?=\[)/u)) {
    for (const piece of name.match(new RegExp(`.{1,${width}}`, 'gu'))!) {
      const joined = `${all.at(-1) ?? ''}${piece}`;
      if (joined.length <= width) all.splice(-1, 1, joined);
      else all.push(piece);
    }
  }
  return all;
}

function widthNeeded({ head, cells }: Column): number {
  let widest = 0;
  for (const text of [head, ...cells]) {
    for (const line of text.split('\n')) widest = Math.max(widest, lengthOf(line));
  }
  return widest + EDGE;
}
