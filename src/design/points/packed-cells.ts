/**
 * Columns of a point's cells as a text of the journal, every bit of them: each the base64 of its 64-bit numbers, lowest byte
 * first, all of them as JSON, deflated, in base64.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { canonical } from '../../core/canonical.ts';
import type { RunColumns } from '../../models/model.ts';

const cellsSchema = z.array(z.record(z.string(), z.base64()));

/** Larger ones are not written: a few bytes can unfold to any number of them. */
const MOST_BYTES = 2 ** 29;

export function packed(cells: readonly RunColumns[]): string {
  const texts = cells.map((columns) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, textOf(column)])),
  );
  return deflateRawSync(JSON.stringify(texts)).toString('base64');
}

/** Throws an Error where the text is none of these. */
export function unpacked(text: string): RunColumns[] {
  const json = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8');
  return cellsSchema
    .parse(JSON.parse(json))
    .map((columns) =>
      Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, numbersOf(name, column)])),
    );
}

function textOf(column: Float64Array): string {
  canonical(column);
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('base64');
}

function numbersOf(name: string, text: string): Float64Array {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  if (bytes.length % 8 !== 0) throw new Error(`column ${name} has ${bytes.length} bytes`);
  return new Float64Array(bytes.buffer);
}
