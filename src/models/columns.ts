/** Columns of recorded tables, each in a line: name, unit as a reader would write it, and what is in it. */
import type { ColumnInfo } from './model.ts';

type Column<N extends string, T extends ColumnInfo['type']> = ColumnInfo & {
  readonly name: N;
  readonly type: T;
};

export function int<N extends string>(name: N, unit: string, about: string): Column<N, 'INT32'> {
  return { name, type: 'INT32', unit, about };
}

export function real<N extends string>(name: N, unit: string, about: string): Column<N, 'DOUBLE'> {
  return { name, type: 'DOUBLE', unit, about };
}

export function text<N extends string>(name: N, about: string): Column<N, 'STRING'> {
  return { name, type: 'STRING', unit: '', about };
}

/** A number that a row may not have: NaN, which is null in the file. */
export function realOrNull<N extends string>(name: N, unit: string, about: string): Column<N, 'DOUBLE'> {
  return { ...real(name, unit, about), nullable: true };
}

/** What most tables begin with. */
export const RUN = int('run', '', 'Number of the run; its seed is SEED/run.');
