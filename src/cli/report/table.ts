/** Tables that keep within the terminal: what is too wide goes on below, the first column in every part. */
import Table from 'cli-table3';
import { minus } from './numbers.ts';
import { widthOf } from './width.ts';

export interface Column {
  /** Lines of its head. */
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** A cell for each row; lines of a cell are kept. */
  readonly cells: readonly string[];
}

interface Style {
  /** Without lines between the rows. */
  readonly compact?: boolean;
  readonly width?: number;
}

/** Borders and padding of a column; one more border ends the table. */
const EDGE = 3;

/** `first`: names the rows, and stands in every part. */
export function table(first: Column, columns: readonly Column[], style: Style = {}): string {
  const { compact = false, width = widthOf(process.stdout) } = style;
  const room = width - widthNeeded(first) - 1;
  const parts: Column[][] = [];
  let left = -Infinity;
  for (const column of columns) {
    const needed = widthNeeded(column);
    if (needed > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)!.push(column);
    left -= needed;
  }
  return (parts.length === 0 ? [[]] : parts).map((part) => drawn([first, ...part], compact)).join('\n');
}

function drawn(columns: readonly Column[], compact: boolean): string {
  const grid = new Table({
    head: columns.map(({ head }) => head),
    style: { head: [], border: [], compact },
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  const rows = columns[0]!.cells.length;
  for (let row = 0; row < rows; row++) grid.push(columns.map(({ cells }) => minus(cells[row]!)));
  return grid.toString();
}

function widthNeeded({ head, cells }: Column): number {
  const lines = [head, ...cells].flatMap((text) => text.split('\n'));
  return Math.max(...lines.map((line) => line.length)) + EDGE;
}
