/** Results folders as tests compare them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Fields that say when, on what and how long: the only ones that two makings of the same results may differ in. */
const CIRCUMSTANCES = ['timing', 'node', 'host', 'started'];

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

/** Lines of the journal, torn ones included; 0 where there is none. */
export function journalLines(folder: string): number {
  try {
    return readFileSync(join(folder, 'journal.ndjson'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}
