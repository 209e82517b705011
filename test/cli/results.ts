/** Results folders as tests compare them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sealed, unsealed } from '../../src/lab/store/sealed.ts';

/** Fields that say when, on what and how long: the only ones that two makings of the same results may differ in. */
const CIRCUMSTANCES = ['timing', 'node', 'host', 'started', 'sha256'];

/** What is in a results folder: a checksum of each file, of the JSON files without what is circumstance. */
export function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, sha256(bytesOf(join(folder, name)))]),
  );
}

function bytesOf(file: string): Uint8Array | string {
  const bytes = readFileSync(file);
  if (!file.endsWith('.json')) return bytes;
  const fields = Object.entries(JSON.parse(bytes.toString()) as Record<string, unknown>);
  return JSON.stringify(fields.filter(([name]) => !CIRCUMSTANCES.includes(name)));
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Changes a document of a results folder, with a checksum that fits: as somebody would who wants to be believed. */
export function forged(folder: string, name: string, change: (text: string) => string): void {
  const path = join(folder, name);
  const document = JSON.stringify(unsealed(name, readFileSync(path, 'utf8')));
  writeFileSync(path, sealed(name, JSON.parse(change(document)) as object));
}

/** Lines of the journal, torn ones included; 0 where there is none. */
export function journalLines(folder: string): number {
  try {
    return readFileSync(join(folder, 'journal.ndjson'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}
