// The small text tables that markets are drawn as: read, and written again in the same frame. What they say is in draw.ts.
const COLUMNS = ['price', 'bids', 'asks', 'longs that break here', 'shorts that break here'] as const;
type Column = (typeof COLUMNS)[number];
export interface Row {
  readonly price: number;
  readonly bids: number;
  readonly asks: number;
  readonly accounts: readonly { readonly name: string; readonly lots: number }[];
}

/** A table taken apart, with the frame that a drawing of it needs. */
export interface Frame {
  readonly indent: string;
  readonly header: string;
  readonly columns: readonly { readonly name: Column; readonly start: number }[];
  readonly end: string;
  readonly rows: readonly Row[];
}
/** Rows in the frame of the table that they were read from. */
export function textOf({ indent, header, columns, end, rows: first }: Frame, rows: readonly Row[]): string {
  const width = Math.max(...first.map(({ price }) => String(price).length));
  const lines = rows.map((row) => {
    let line = '';
    for (const { name, start } of columns) line = line.padEnd(start) + cell(row, name, width);
    return line.trimEnd();
  });
  return ['', ...[header, ...lines].map((line) => indent + line), end].join('\n');
}

function cell({ price, bids, asks, accounts }: Row, column: Column, width: number): string {
  switch (column) {
    case 'price':
      return String(price).padStart(width);
    case 'bids':
      return bids === 0 ? '' : String(bids);
    case 'asks':
      return asks === 0 ? '' : String(asks);
    default: {
      const shown = accounts.filter(({ lots }) => lots > 0 === column.startsWith('longs'));
      return shown.map(({ name, lots }) => `${name}: ${Math.abs(lots)} lots`).join(', ');
    }
  }
}

/** Takes a table apart. Throws on what is neither a number nor an account. */
export function readTable(table: string): Frame {
  const lines = table.split('\n');
  const end = lines.pop()!;
  const first = lines.findIndex((line) => line.trim() !== '');
  const written = lines[first]!;
  const indent = written.slice(0, written.indexOf('price'));
  const header = written.slice(indent.length);
  const columns = COLUMNS.map((name) => ({ name, start: header.indexOf(name) })).filter(
    ({ start }) => start >= 0,
  );
  const rows = lines.slice(first + 1).map((line) => readRow(line.slice(indent.length), columns));
  return { indent, header, columns, end, rows };
}

function readRow(line: string, columns: Frame['columns']): Row {
  const cells = new Map<Column, string>();
  columns.forEach(({ name, start }, i) => {
    cells.set(name, line.slice(start, columns[i + 1]?.start).trim());
  });
  const numberIn = (name: Column): number => {
    const text = cells.get(name) ?? '';
    if (!/^\d*$/.test(text)) throw new Error(`${name}: ${text} is no whole number, in the line "${line}"`);
    return Number(text);
  };
  const held = (name: Column, sign: 1 | -1) => {
    const entries = (cells.get(name) ?? '').split(',').filter((entry) => entry.trim() !== '');
    return entries.map((entry) => {
      const match = /^\s*(\w+): (\d+) lots\s*$/.exec(entry);
      if (match === null) throw new Error(`${name}: needs NAME: n lots, got "${entry}"`);
      return { name: match[1]!, lots: sign * Number(match[2]) };
    });
  };
  return {
    price: numberIn('price'),
    bids: numberIn('bids'),
    asks: numberIn('asks'),
    accounts: [...held('longs that break here', 1), ...held('shorts that break here', -1)],
  };
}
