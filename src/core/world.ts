/**
 * The world: every byte that a run can change, as typed columns over one fixed buffer.
 *
 * Declared by a schema (tables of columns), laid out once, never resized. So a snapshot is one memory copy,
 * a fork is a copy plus a changed setting, and equal hashes prove that two runs are the same run.
 */
import { canonical } from './canonical.ts';
import { InvariantError } from './errors.ts';
import { hashBytes } from './hash.ts';

/** `i32x8`: a record of eight integers a row, side by side: number `i` of row `r` is at `(r << 3) | i`. */
export type ColumnType = 'u8' | 'i32' | 'i32x8' | 'f64';

export interface TableSchema {
  /** Number of rows, fixed at birth. */
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

export type Schema = Readonly<Record<string, TableSchema>>;

interface ColumnArrays {
  u8: Uint8Array;
  i32: Int32Array;
  i32x8: Int32Array;
  f64: Float64Array;
}

/** The columns of a table, by name: `Int32Array` for 'i32' and so on, each `rows` long ('i32x8': 8 × `rows`). */
export type Columns<T extends TableSchema> = {
  readonly [C in keyof T['columns']]: ColumnArrays[T['columns'][C]];
};

export type Tables<S extends Schema> = { readonly [T in keyof S]: Columns<S[T]> };

const BYTES: Readonly<Record<ColumnType, number>> = { u8: 1, i32: 4, i32x8: 32, f64: 8 };
const ALIGNMENT = 64; // a column starts on a cache line of its own

/** Bytes that a world of this schema takes. */
export function sizeOf(schema: Schema): number {
  let bytes = 0;
  for (const table of Object.values(schema)) {
    for (const type of Object.values(table.columns)) bytes += aligned(table.rows * BYTES[type]);
  }
  return bytes;
}

export class World<S extends Schema> {
  readonly schema: S;
  readonly tables: Tables<S>;
  readonly #bytes: Uint8Array;
  /** The columns whose bits may differ although their values do not. */
  readonly #doubles: readonly Float64Array[];

  constructor(schema: S) {
    this.schema = schema;
    const buffer = new ArrayBuffer(sizeOf(schema));
    this.#bytes = new Uint8Array(buffer);
    const tables: Record<string, Record<string, ColumnArrays[ColumnType]>> = {};
    let offset = 0;
    for (const [name, table] of Object.entries(schema)) {
      const columns: Record<string, ColumnArrays[ColumnType]> = {};
      for (const [column, type] of Object.entries(table.columns)) {
        columns[column] = view(buffer, offset, table.rows, type);
        offset += aligned(table.rows * BYTES[type]);
      }
      tables[name] = columns;
    }
    this.tables = tables as Tables<S>;
    this.#doubles = Object.values(tables).flatMap((columns) =>
      Object.values(columns).filter((column) => column instanceof Float64Array),
    );
  }

  get bytes(): number {
    return this.#bytes.length;
  }

  /** A copy of the whole state; into `target` if given (of equal size), so that repeated saves allocate nothing. */
  save(target: Uint8Array = new Uint8Array(this.#bytes.length)): Uint8Array {
    this.#checkSize(target);
    this.#settle();
    target.set(this.#bytes);
    return target;
  }

  /** Replaces the whole state by one saved from a world of the same schema. */
  load(snapshot: Uint8Array): void {
    this.#checkSize(snapshot);
    this.#bytes.set(snapshot);
  }

  /**
   * Takes over the state of another world, table by table, but for the tables named in `but`, which stay as they are. Throws
   * InvariantError if one of the others has other rows or columns there.
   */
  adopt(other: World<S>, but: readonly string[] = []): void {
    for (const [name, table] of Object.entries(this.schema)) {
      if (but.includes(name)) continue;
      const theirs = other.schema[name];
      if (theirs?.rows !== table.rows || describe(theirs) !== describe(table)) {
        throw new InvariantError(`a world cannot go on with another's table ${name}: their layouts differ`);
      }
      const into = this.tables[name] as Readonly<Record<string, ColumnArrays[ColumnType]>>;
      const from = other.tables[name] as typeof into;
      for (const [column, values] of Object.entries(into)) values.set(from[column]!);
    }
  }

  /** All zero, as at birth. */
  clear(): void {
    this.#bytes.fill(0);
  }

  /** Hash of all bytes: equal if and (but for a collision) only if two worlds are in the same state. */
  hash(): string {
    this.#settle();
    return hashBytes(this.#bytes);
  }

  /** One bit pattern for each value: runs that are the same have the same bytes, whatever compiled them. */
  #settle(): void {
    for (const column of this.#doubles) canonical(column);
  }

  #checkSize(snapshot: Uint8Array): void {
    if (snapshot.length !== this.#bytes.length) {
      throw new InvariantError(
        `snapshot of ${snapshot.length} bytes does not fit a world of ${this.#bytes.length}: another schema`,
      );
    }
  }
}

function describe({ columns }: TableSchema): string {
  return Object.entries(columns).flat().join(' ');
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function view(buffer: ArrayBuffer, offset: number, rows: number, type: ColumnType): ColumnArrays[ColumnType] {
  switch (type) {
    case 'u8':
      return new Uint8Array(buffer, offset, rows);
    case 'i32':
      return new Int32Array(buffer, offset, rows);
    case 'i32x8':
      return new Int32Array(buffer, offset, 8 * rows);
    case 'f64':
      return new Float64Array(buffer, offset, rows);
  }
}
