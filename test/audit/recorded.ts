/** A recorded experiment in a folder of its own, and copies of single cells of it in which a number is changed. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { expect } from 'vitest';
import { verify } from '../../src/audit/verify.ts';
import type { Manifest } from '../../src/lab/store/manifest.ts';
import { auditTables } from '../../src/models/market/audit-tables.ts';
import type { AuditTerms } from '../../src/lab/store/audit-terms.ts';
import { marketTables } from '../../src/models/market/tables/index.ts';
import { hashOfParts, writePart } from '../../src/lab/store/parts.ts';
import { sealed, unsealed } from '../../src/lab/store/sealed.ts';
import { unwindHere } from '../cli/in-process.ts';
import { folderFor } from '../cli/interrupted.ts';
import { repository } from '../cli/unwind.ts';

export type Recorded = Record<string, number | string>;

/** Of the test file that has called `ownFolder`: files that one worker tests share this module. */
export let folder = '';

/** To be called once by each test file, before anything is recorded. */
export function ownFolder(): void {
  folder = folderFor('audit');
}

/** Runs an experiment of test/audit once under each policy. */
export async function run(experiment: string, out: string, ...options: string[]): Promise<void> {
  const file = join(repository, 'test/audit', experiment);
  const { code, stderr } = await unwindHere(
    ['run', file, '--runs', '1', '--out', out, '--json', ...options],
    folder,
  );
  if (code !== 0) throw new Error(stderr);
}

export function manifestOf(out: string): Manifest {
  const text = readFileSync(join(folder, out, 'manifest.json'), 'utf8');
  return unsealed('manifest.json', text) as Manifest;
}

export async function rowsOf(out: string, file: string): Promise<Recorded[]> {
  const bytes = readFileSync(join(folder, out, file));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return (await parquetReadObjects({ file: buffer })) as Recorded[];
}

let copies = 0;

/**
 * A copy of one policy's results in which `change` was made to the rows of a table. Returns the folder, and the file
 * that holds the table.
 */
export async function altered(
  out: string,
  policy: string,
  table: string,
  change: (rows: Recorded[]) => Recorded[],
): Promise<{ readonly copy: string; readonly file: string }> {
  const manifest = manifestOf(out);
  const batch = Object.keys((manifest.audit as AuditTerms).policies).indexOf(policy);
  const suffix = `-${String(batch).padStart(5, '0')}.parquet`;
  const parts = manifest.parts.filter(({ file }) => file.endsWith(suffix));
  const copy = `copy-${copies++}`;
  mkdirSync(join(folder, copy));
  for (const { file } of parts) copyFileSync(join(folder, out, file), join(folder, copy, file));
  const results_hash = hashOfParts(parts);
  writeFileSync(
    join(folder, copy, 'manifest.json'),
    sealed('manifest.json', { ...manifest, parts, results_hash }),
  );
  const info = [...auditTables, ...marketTables].find(({ name }) => name === table)!;
  const rows = change(await rowsOf(out, `${table}${suffix}`));
  const columns = info.columns.map(({ name }) => rows.map((row) => row[name]!));
  const { file } = writePart(join(folder, copy), info, batch, columns);
  return { copy, file };
}

/** Changes one number of the first row that `which` picks. */
export interface Plant {
  readonly policy: string;
  readonly table: string;
  readonly which: (row: Recorded) => boolean;
  readonly column: string;
  /** The column that is named, if it is another one of the row. */
  readonly named?: string;
}

/** Plants it, and expects that the audit finds and names it. */
export async function planted(
  out: string,
  { policy, table, which, column, named = column }: Plant,
): Promise<void> {
  let place = -1;
  const { copy, file } = await altered(out, policy, table, (rows) => {
    place = rows.findIndex(which);
    expect(place).toBeGreaterThanOrEqual(0);
    rows[place]![column] = Number(rows[place]![column]) + 1;
    return rows;
  });
  const { ok, difference, changed } = await verify(join(folder, copy));
  expect(ok).toBe(false);
  expect(changed).toEqual([file]);
  expect(difference).toMatchObject({ policy, run: 0, file, row: place, column: named });
}
