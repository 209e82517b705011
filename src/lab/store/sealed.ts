/**
 * JSON documents that end with a checksum of all that stands before it, and of their own name: what is damaged, cut, or put
 * in another's place is found when it is read. What is no number is null, as JSON has it, and NaN again when it is read;
 * where a number is infinite stands in `infinite`.
 */
import { join } from 'node:path';
import { sha256 } from './sha256.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';

/** Text of the document as a file of this name. */
export function sealed(name: string, document: object): string {
  const infinite = infinities(document);
  const whole = Object.keys(infinite).length === 0 ? document : { ...document, infinite };
  const body = JSON.stringify(whole, null, 2).slice(0, -END.length);
  return `${body},\n  "sha256": "${sumOf(name, body)}"${END}\n`;
}

/** How a document ends, without the line's end. */
const END = '\n}';
const SEAL = /,\n {2}"sha256": "([0-9a-f]{64})"\n\}\n$/;

/**
 * The document of a file of the folder, whose shape is not known yet; undefined: there is no such file. Throws OutputError.
 * `advice`: what would do, after what is wrong.
 */
export function readSealed(folder: string, name: string, advice = ''): unknown {
  const bytes = readOwn(folder, name);
  if (bytes === undefined) return undefined;
  try {
    return unsealed(name, bytes.toString('utf8'));
  } catch (error) {
    const what = `${join(folder, name)} ${(error as Error).message}`;
    throw new OutputError(advice === '' ? what : `${what}; ${advice}`);
  }
}

/** The document of a text that was sealed under this name. Throws an Error that says what is wrong with it. */
export function unsealed(name: string, text: string): object {
  const seal = SEAL.exec(text);
  if (seal === null)
    throw new Error('does not end with its checksum: it is damaged, or of another version of unwind');
  const body = text.slice(0, seal.index);
  if (sumOf(name, body) !== seal[1])
    throw new Error('is damaged: it has another checksum than it was written with');
  try {
    return withInfinities(
      JSON.parse(`${body}${END}`, (_, value: unknown) => (value === null ? NaN : value)) as object,
    );
  } catch {
    throw new Error('is no document of unwind');
  }
}

function sumOf(name: string, body: string): string {
  return sha256(`${name}\n${body}`);
}

/** Sign of each infinite number, by its place: keys with / between them (and ~1 for a / in a key, ~0 for a ~). */
type Infinities = Readonly<Record<string, 1 | -1>>;

function infinities(document: object): Infinities {
  const found: Record<string, 1 | -1> = {};
  const look = (value: unknown, place: string): void => {
    if (value === Infinity || value === -Infinity) found[place] = value > 0 ? 1 : -1;
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) look(inner, `${place}/${escaped(key)}`);
    }
  };
  look(document, '');
  return found;
}

function withInfinities(document: object): object {
  if (!('infinite' in document)) return document;
  const { infinite, ...rest } = document;
  for (const [place, sign] of Object.entries(infinite as Infinities)) {
    const keys = place.split('/').slice(1).map(unescaped);
    const last = keys.pop()!;
    let at: unknown = rest;
    for (const key of keys) at = own(at, key);
    if (!Number.isNaN(own(at, last))) throw new Error(`there is a number at ${place}`);
    (at as Record<string, unknown>)[last] = sign * Infinity;
  }
  return rest;
}

function own(value: unknown, key: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
    return (value as Record<string, unknown>)[key];
  throw new Error(`there is no ${key}`);
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
