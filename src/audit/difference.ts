/** How an audit ends before its end: a recorded number that is not what follows from the others, or rows that can't be read. */

/** The first row that differs. `row`: its place in its file, from 0. */
export class Difference extends Error {
  override readonly name = 'Difference';
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly recorded: string;
  readonly recomputed: string;

  constructor(file: string, row: number, column: string, recorded: string, recomputed: string) {
    super(`${file} row ${row}: ${column}: recorded ${recorded}, recomputed ${recomputed}`);
    this.file = file;
    this.row = row;
    this.column = column;
    this.recorded = recorded;
    this.recomputed = recomputed;
  }
}

/** The folder cannot be audited: no journal, a file missing or not readable. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}
