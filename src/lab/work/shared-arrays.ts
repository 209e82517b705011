/** Plain data with its large arrays of numbers in shared memory: workers then read one copy instead of one each. */

/** Smaller ones are not worth a mapping of their own, bytes. */
const LEAST_BYTES = 1 << 16;

/** The same, but for the buffers of large typed arrays. Nobody may write to them. */
export function withSharedArrays<T>(value: T): T {
  if (value instanceof Float64Array || value instanceof Int32Array) return shared(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withSharedArrays(item)) as T;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withSharedArrays(item as unknown)]),
  ) as T;
}

function shared(array: Float64Array | Int32Array): Float64Array | Int32Array {
  if (array.byteLength < LEAST_BYTES || array.buffer instanceof SharedArrayBuffer) return array;
  const buffer = new SharedArrayBuffer(array.byteLength);
  const copy = array instanceof Float64Array ? new Float64Array(buffer) : new Int32Array(buffer);
  copy.set(array);
  return copy;
}
