/**
 * Plain data as a text that a page can read: JSON, with typed arrays and the numbers that JSON lacks. What comes back is
 * equal to what went in, bit for bit (but for the bits of NaN).
 */

/** Marks a value that JSON cannot write. No setting of an experiment has this name. */
const MARK = '$';

const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

type Marked = { readonly [MARK]: ArrayName | 'number'; readonly value: string };

export function toText(value: unknown): string {
  return JSON.stringify(marked(value));
}

/** Throws SyntaxError where the text is not one that `toText` makes. */
export function fromText(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (isMarked(value) ? unmarked(value) : value));
}

function marked(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : word(value);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return { [MARK]: value.constructor.name, value: base64Of(value) };
  if (Array.isArray(value)) return value.map(marked);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
}

function word(value: number): Marked {
  return { [MARK]: 'number', value: Object.is(value, -0) ? '-0' : String(value) };
}

function isMarked(value: unknown): value is Marked {
  return typeof value === 'object' && value !== null && MARK in value;
}

function unmarked({ [MARK]: kind, value }: Marked): unknown {
  if (kind === 'number') return Number(value);
  if (!(kind in ARRAYS)) throw new SyntaxError(`no array of kind ${kind}`);
  const text = atob(value);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[kind](bytes.buffer);
}

/** Little-endian, as all machines are that have a browser or Node. */
function base64Of({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
