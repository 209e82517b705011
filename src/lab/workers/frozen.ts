/**
 * The objects of the language, made fast: what a trader changes in `Math` or `Array.prototype` would stay changed for the
 * runs that follow on its thread, and results would depend on the number of workers. A change fails the run that tries it.
 */

/** Prototypes whose properties others set on their own objects (`error.name = …`), which must stay possible. */
const INHERITED = new Set<object>([
  Object.prototype,
  ...[Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    ({ prototype }) => prototype as object,
  ),
]);

/** Intrinsics that no global name leads to. */
const NAMELESS: readonly unknown[] = [
  Object.getPrototypeOf(Int8Array),
  Object.getPrototypeOf([][Symbol.iterator]()),
  Object.getPrototypeOf(new Map()[Symbol.iterator]()),
  Object.getPrototypeOf(new Set()[Symbol.iterator]()),
  Object.getPrototypeOf(''[Symbol.iterator]()),
  Object.getPrototypeOf(''.matchAll(/./g)),
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async () => Promise.resolve()),
  Object.getPrototypeOf(async function* () {}),
];

/** Names of the language itself; what Node adds is replaced or refused in guard.ts. */
const NAMES = [
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date', 'Promise'],
  ...['RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError'],
  ...['TypeError', 'URIError', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'WeakRef', 'FinalizationRegistry', 'Proxy', 'Uint8Array', 'Int8Array', 'Uint16Array'],
  ...['Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray'],
  ...['BigUint64Array', 'BigInt64Array', 'Iterator', 'Math', 'JSON', 'Reflect', 'Atomics', 'Intl'],
];

/** Freezes the language: before any trader's code is loaded. */
export function freezeLanguage(): void {
  const done = new Set<object>();
  for (const root of [...NAMES.map((name) => (globalThis as Record<string, unknown>)[name]), ...NAMELESS])
    freezeFrom(root, done);
}

/** No name of the global scope changes, and none is added: after all code is loaded. */
export function freezeGlobals(): void {
  Object.freeze(globalThis);
}

/** An intrinsic, its prototype and what they lead to. */
function freezeFrom(value: unknown, done: Set<object>): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || done.has(value)) return;
  done.add(value);
  if (value === globalThis) return;
  if (INHERITED.has(value)) letDescendantsDiffer(value);
  Object.freeze(value);
  for (const property of Object.values(Object.getOwnPropertyDescriptors(value)))
    Object.values(property).forEach((part: unknown) => freezeFrom(part, done));
  freezeFrom(Object.getPrototypeOf(value), done);
}

/**
 * A property that cannot be written cannot be written on what inherits it, either (`error.name = …` would throw): it
 * becomes one whose setter writes to the heir.
 */
function letDescendantsDiffer(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const property = Object.getOwnPropertyDescriptor(prototype, key)!;
    if (!('value' in property) || property.configurable !== true) continue;
    const value: unknown = property.value;
    const accessor = {
      get: (): unknown => value,
      set(this: object, own: unknown): void {
        if (this === prototype) throw new TypeError(`${String(key)} of a built-in object cannot be changed`);
        Object.defineProperty(this, key, {
          value: own,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      },
    };
    Object.defineProperty(prototype, key, { ...accessor, enumerable: property.enumerable === true });
  }
}
