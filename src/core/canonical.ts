/**
 * One bit pattern for what is not a number. IEEE 754 has 2^53 - 2 of them, and the language does not say which one 0 / 0
 * is: compiled code leaves the processor's (fff8 on x86), an interpreter or a folded constant another (7ff8). So doubles
 * pass through here wherever their bits count: before they are hashed, saved or written.
 */

/** Of a little-endian machine, which maths.ts asks for. */
const LOW = 0;
const HIGH = 1;
const QUIET = 0x7ff80000; // the high word of the NaN that stands for all; its low word is 0

/** Sets the bits of each NaN to 7ff8000000000000, in place; returns the same array. */
export function canonical(values: Float64Array): Float64Array {
  const { length } = values;
  let i = 0;
  // Four at a time, since nearly always there is none: as fast as copying them.
  for (; i + 3 < length; i += 4) {
    const a = values[i]!;
    const b = values[i + 1]!;
    const c = values[i + 2]!;
    const d = values[i + 3]!;
    if (a !== a || b !== b || c !== c || d !== d) settle(values, i, i + 4);
  }
  settle(values, i, length);
  return values;
}

/** By whole words: a NaN that is stored as a double may be any. */
function settle(values: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (values[i] === values[i]) continue;
    const words = new Int32Array(values.buffer, values.byteOffset + 8 * i, 2);
    words[LOW] = 0;
    words[HIGH] = QUIET;
  }
}
