/** A results folder as the auditor reads it: the manifest, checksums, and the journal's rows by cell and run. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { AuditError } from './difference.ts';
import type { Journal } from './journal.ts';
import { Row } from './row.ts';
import type { Manifest, Part, Terms, VenuesTerms } from './terms.ts';

interface RecordedRun {
  readonly policy: string;
  readonly shock: string;
  /** Of several, the one whose journal it is. */
  readonly venue: string | undefined;
  readonly run: number;
  readonly journal: Journal;
}

export interface Folder {
  readonly terms: Terms | VenuesTerms;
  readonly runs: readonly RecordedRun[];
  /** Files whose bytes are not those that the manifest names. */
  readonly changed: readonly string[];
}

/** Throws AuditError where the folder is none, has no journal, or cannot be read. */
export async function readFolder(folder: string): Promise<Folder> {
  const manifest = readManifest(folder);
  const terms = manifest.audit;
  if (terms === undefined) {
    throw new AuditError(`${folder}: no run has an audit journal; run the experiment with --record 0`);
  }
  const changed: string[] = [];
  const runs = new Map<string, Map<string, Row[]>>();
  for (const part of manifest.parts) {
    if (!isAudited(part)) continue;
    const bytes = readPart(folder, part);
    if (createHash('sha256').update(bytes).digest('hex') !== part.sha256) changed.push(part.file);
    for (const row of await rowsOf(part, bytes, manifest)) {
      if (!terms.runs.includes(row.num('run'))) continue;
      const key = JSON.stringify([
        row.text('policy'),
        row.text('shock'),
        row.num('run'),
        row.textIn('venue'),
      ]);
      const journal = runs.get(key) ?? new Map<string, Row[]>();
      runs.set(key, journal);
      const rows = journal.get(part.table) ?? [];
      rows.push(row);
      journal.set(part.table, rows);
    }
  }
  const recorded = [...runs].map(([key, journal]) => {
    const [policy, shock, run, venue] = JSON.parse(key) as [string, string, number, string | null];
    return { policy, shock, venue: venue ?? undefined, run, journal };
  });
  return { terms, runs: recorded, changed };
}

const PREFIX = 'audit_';

/** The journal, and the two tables of the results that say the same. */
function isAudited({ table }: Part): boolean {
  return table.startsWith(PREFIX) || table === 'liquidations' || table === 'losses';
}

function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  } catch {
    throw new AuditError(`${folder}: no results folder: there is no manifest.json`);
  }
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    throw new AuditError(`${join(folder, 'manifest.json')}: ${(error as Error).message}`);
  }
}

function readPart(folder: string, { file }: Part): Buffer {
  try {
    return readFileSync(join(folder, file));
  } catch {
    throw new AuditError(`${join(folder, file)}: a file of the results is missing`);
  }
}

async function rowsOf({ table, file }: Part, bytes: Buffer, { tables }: Manifest): Promise<Row[]> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const names = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
  const columns = new Map(names.map((name, i) => [name, i]));
  let objects: Record<string, unknown>[];
  try {
    objects = await parquetReadObjects({ file: buffer });
  } catch (error) {
    throw new AuditError(`${file}: not readable as Parquet: ${(error as Error).message}`);
  }
  const missing = names.find((name) => objects.length > 0 && !(name in objects[0]!));
  if (missing !== undefined) throw new AuditError(`${file}: there is no column ${missing}`);
  return objects.map(
    (object, place) =>
      new Row(
        table,
        file,
        place,
        columns,
        names.map((name) => object[name]),
      ),
  );
}
