/**
 * The objects of the language itself, which all code of a thread shares: prototypes, constructors, built-in functions. What
 * a run changes in them its followers would meet, and results would depend on the number of workers. Freezing them halves
 * the speed of V8 (22.6 s of CPU against 9.9 for nine runs of the default market), so that they are compared instead.
 */
import { runInNewContext } from 'node:vm';

// Taken before any trader's code is loaded: what looks for changes must not use what may be changed.
const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys } = Reflect;
const { is } = Object;

interface Kept {
  readonly name: string;
  readonly value: object;
  readonly prototype: object | null;
  readonly isExtensible: boolean;
  readonly keys: readonly (string | symbol)[];
  readonly properties: readonly PropertyDescriptor[];
}

export class Intrinsics {
  readonly #kept: readonly Kept[] = reachable().map(([value, name]) => {
    const keys = ownKeys(value);
    const properties = keys.map((key) => getOwnPropertyDescriptor(value, key)!);
    return {
      name,
      value,
      prototype: getPrototypeOf(value),
      isExtensible: isExtensible(value),
      keys,
      properties,
    };
  });

  /** What is not as it was when this was made: `Array.prototype.push`, say. */
  get changed(): string | undefined {
    // Plain loops: iterators may be what was changed.
    for (let i = 0; i < this.#kept.length; i++) {
      const { name, value, prototype, isExtensible: isOpen, keys } = this.#kept[i]!;
      if (getPrototypeOf(value) !== prototype || isExtensible(value) !== isOpen) return name;
      const key = changedKey(this.#kept[i]!);
      if (key !== undefined) return `${name}.${typeof key === 'symbol' ? 'a symbol' : key}`;
      if (ownKeys(value).length !== keys.length) return `${name}, to which something was added`;
    }
    return undefined;
  }
}

function changedKey({ value, keys, properties }: Kept): string | symbol | undefined {
  for (let i = 0; i < keys.length; i++) {
    const now = getOwnPropertyDescriptor(value, keys[i]!);
    if (now === undefined || !isSame(now, properties[i]!)) return keys[i];
  }
  return undefined;
}

function isSame(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return (
    is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.configurable === b.configurable &&
    a.enumerable === b.enumerable
  );
}

/** Every object of the language, with a name for it. */
function reachable(): [object, string][] {
  const found = new Map<object, string>();
  const visit = (value: unknown, name: string): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value))
      return;
    found.set(value, name);
    for (const key of ownKeys(value)) {
      const { value: inner, get, set } = getOwnPropertyDescriptor(value, key)!;
      for (const part of [inner as unknown, get, set]) visit(part, `${name}.${String(key)}`);
    }
    visit(getPrototypeOf(value), `the prototype of ${name}`);
  };
  for (const name of namesOfLanguage()) visit(Reflect.get(globalThis, name), name);
  for (const [name, value] of Object.entries(NAMELESS)) visit(getPrototypeOf(value), name);
  return [...found];
}

/** Global names of the language, and not of Node: those of an empty context. */
function namesOfLanguage(): string[] {
  const all = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
  return [...all].filter((name) => name !== 'globalThis' && name !== 'console');
}

/** Objects of the language that no name leads to are the prototypes of these. */
const NAMELESS: Readonly<Record<string, object>> = {
  'iterators of arrays': [].values(),
  'iterators of maps': new Map().values(),
  'iterators of sets': new Set().values(),
  'iterators of texts': ''[Symbol.iterator](),
  'iterators of matches': ''.matchAll(/x/g),
  'generator functions': function* () {}, // eslint-disable-line @typescript-eslint/no-empty-function
  'asynchronous functions': async () => {}, // eslint-disable-line @typescript-eslint/no-empty-function
  'asynchronous generator functions': async function* () {}, // eslint-disable-line @typescript-eslint/no-empty-function
};
