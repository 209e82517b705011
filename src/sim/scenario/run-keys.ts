/**
 * The keys that all luck follows from, kept in the world: that of the run, and that of its latest branch, which is the run's
 * until there is one.
 */
import type { RunKey } from '../../core/seed.ts';
import type { CommonTables } from './tables.ts';

/** Rows of the table `keys`. */
export const RUN = 0;
export const BRANCH = 1;

export class RunKeys {
  private readonly columns: CommonTables['keys'];
  private readonly key: RunKey = new Int32Array(4);

  constructor(tables: CommonTables) {
    this.columns = tables.keys;
  }

  set(row: number, key: RunKey): void {
    const { columns } = this;
    columns.word_0[row] = key[0]!;
    columns.word_1[row] = key[1]!;
    columns.word_2[row] = key[2]!;
    columns.word_3[row] = key[3]!;
  }

  /** Valid until the next call. */
  get(row: number): RunKey {
    const { columns, key } = this;
    key[0] = columns.word_0[row]!;
    key[1] = columns.word_1[row]!;
    key[2] = columns.word_2[row]!;
    key[3] = columns.word_3[row]!;
    return key;
  }
}
