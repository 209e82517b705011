/** A table as data: what a page, a file and a paper make of results alike. */
import type { Estimate } from '../../stats/estimate.ts';
import type { Format } from '../words/numbers.ts';
import { estimateCell, minus } from '../words/numbers.ts';

export interface TextTable {
  /** What it is of. */
  readonly title: string;
  /** Lines of a head are kept apart, for who has room for both. */
  readonly heads: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly [name: string, ...cells: Cell[]])[];
}

export type Cell = string | Measured;

/** A number with its interval, and how it is written. */
export interface Measured {
  readonly estimate: Estimate;
  readonly format: Format;
}

/** `0.50` and on a second line `[0.33, 0.67]`, as the terminal has it. */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : minus(estimateCell(cell.estimate, cell.format));
}

/** A head in one line: a hyphen at the end of a line is none of the word’s. */
export function headText(head: string): string {
  return head.replaceAll('-\n', '').replaceAll('\n', ' ');
}

/** Columns that a page of paper has room for. */
const MOST_COLUMNS = 8;

/** With rows for columns where that makes it narrow enough to be printed. */
export function upright(table: TextTable): TextTable {
  const { title, heads, rows } = table;
  if (heads.length <= MOST_COLUMNS || rows.length >= MOST_COLUMNS) return table;
  const [, ...columns] = heads;
  return {
    title,
    heads: ['', ...rows.map(([name]) => name)],
    rows: columns.map((head, i) => [headText(head), ...rows.map((row) => row[i + 1] ?? '')]),
  };
}
