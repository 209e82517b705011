/** From the bytes of a file to its text, which is UTF-8, with or without a byte-order mark. */
import { ExperimentError } from './problems.ts';

/** Marks at the start of a file that say another encoding than UTF-8, the longer ones first. */
const MARKS: readonly (readonly [name: string, ...bytes: number[]])[] = [
  ['UTF-32', 0xff, 0xfe, 0, 0],
  ['UTF-32', 0, 0, 0xfe, 0xff],
  ['UTF-16', 0xff, 0xfe],
  ['UTF-16', 0xfe, 0xff],
];

/** Starts of files that are no text at all. */
const ARCHIVES: readonly (readonly [what: string, ...bytes: number[]])[] = [
  ['is a zip archive; unpack it first', 0x50, 0x4b, 0x03, 0x04],
  ['is compressed (gzip); unpack it first', 0x1f, 0x8b],
  ['is a Parquet file; write it as CSV', 0x50, 0x41, 0x52, 0x31],
];

/** Throws ExperimentError with line and column of the first byte that is no UTF-8. */
export function textOf(file: string, bytes: Uint8Array): string {
  const mark = MARKS.find(([, ...start]) => start.every((byte, i) => bytes[i] === byte));
  if (mark !== undefined) throw new ExperimentError(`${file}:1:1`, [], `is ${mark[0]}; save it as UTF-8`);
  const archive = ARCHIVES.find(([, ...start]) => start.every((byte, i) => bytes[i] === byte));
  if (archive !== undefined) throw new ExperimentError(`${file}:1:1`, [], archive[0]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const at = firstBad(bytes);
    const before = new TextDecoder().decode(bytes.subarray(0, at)).split('\n');
    const byte = bytes[at]!.toString(16).padStart(2, '0');
    const place = `${file}:${before.length}:${before.at(-1)!.length + 1}`;
    throw new ExperimentError(place, [], `is not UTF-8: it has the byte 0x${byte}; save it as UTF-8`);
  }
}

/** Length of the longest start that is whole UTF-8: by halving, as each start of it is UTF-8, too, but for its last character. */
function firstBad(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isStart(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return lastWhole(bytes, good);
}

/** `stream`: the last character may be cut off. */
function isStart(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Where the character begins that is begun before `end` and not finished there. */
function lastWhole(bytes: Uint8Array, end: number): number {
  for (let start = end; start > Math.max(0, end - 4); start--) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, start));
      return start;
    } catch {
      // Not at the end of a character.
    }
  }
  return end;
}
