/**
 * Objects that all code of a thread shares: those of the language (prototypes, constructors, built-in functions), and the
 * classes that traders are handed. What a run changes in them its followers would meet, and results would depend on the
 * number of workers. Freezing them all halves the speed of V8 (22.6 s of CPU against 9.9 for nine runs of the default
 * market), so that built-in functions alone are frozen, and the others are compared.
 */

// Taken before any trader's code is loaded: what looks for changes must not use what may be changed.
const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys } = Reflect;
const { freeze, is } = Object;

type Key = string | symbol;

interface Kept {
  readonly name: string;
  readonly value: object;
  readonly prototype: object | null;
  readonly isExtensible: boolean;
  readonly keys: readonly Key[];
  readonly properties: readonly PropertyDescriptor[];
}

export class Intrinsics {
  readonly #seen = new Set<object>();
  readonly #kept: Kept[] = [];
  #count = 0;

  /** Of the language, before any other code has run. */
  constructor() {
    const names = ownKeys(globalThis).filter((key) => typeof key === 'string' && !NODES.has(key)) as string[];
    // What Node gives at first use stands behind an accessor, and is not of the language.
    for (const name of names) this.add(name, getOwnPropertyDescriptor(globalThis, name)!.value);
    for (const [name, value] of Object.entries(NAMELESS)) this.add(name, getPrototypeOf(value));
  }

  /** The object as it is now, and all that it leads to. Built-in functions are frozen. */
  add(name: string, value: unknown): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    const keys = ownKeys(value);
    const properties = keys.map((key) => getOwnPropertyDescriptor(value, key)!);
    const prototype = getPrototypeOf(value);
    if (typeof value === 'function' && !keys.includes('prototype')) freeze(value);
    else {
      this.#kept.push({ name, value, prototype, isExtensible: isExtensible(value), keys, properties });
      this.#count++;
    }
    properties.forEach(({ value: inner, get, set }, i) => {
      for (const part of [inner as unknown, get, set]) this.add(placeOf(name, keys[i]!), part);
    });
    this.add(`the prototype of ${name}`, prototype);
  }

  /** What is not as it was when it was added: `Array.prototype.push`, say. */
  get changed(): string | undefined {
    // Plain loops: iterators may be what was changed.
    for (let i = 0; i < this.#count; i++) {
      const what = changeOf(this.#kept[i]!);
      if (what !== undefined) return what;
    }
    return undefined;
  }
}

function changeOf({
  name,
  value,
  prototype,
  isExtensible: isOpen,
  keys,
  properties,
}: Kept): string | undefined {
  if (getPrototypeOf(value) !== prototype) return `the prototype of ${name}`;
  if (isExtensible(value) !== isOpen) return name;
  for (let i = 0; i < keys.length; i++) {
    const now = getOwnPropertyDescriptor(value, keys[i]!);
    if (now === undefined || !isSame(now, properties[i]!)) return placeOf(name, keys[i]!);
  }
  const now = ownKeys(value);
  if (now.length > keys.length) for (let i = 0; ; i++) if (now[i] !== keys[i]) return placeOf(name, now[i]!);
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

function placeOf(name: string, key: Key): string {
  return typeof key === 'symbol' ? `${name}[${key.description ?? 'a symbol'}]` : `${name}.${key}`;
}

/** Global names that lead to Node's own objects, which are at work. */
const NODES: ReadonlySet<string> = new Set(['globalThis', 'global', 'console', 'process']);

/** Objects of the language that no name leads to are the prototypes of these. */
const NAMELESS: Readonly<Record<string, object>> = {
  'iterators of arrays': [].values(),
  'iterators of maps': new Map().values(),
  'iterators of sets': new Set().values(),
  'iterators of texts': ''[Symbol.iterator](),
  'iterators of matches': ''.matchAll(/x/g),
  'generator functions': function* () {},
  'asynchronous functions': async () => {},
  'asynchronous generator functions': async function* () {},
};
