/**
 * Plug-ins of one sort, by name: those that come with unwind, and what a file of the user's adds before an experiment is read.
 * A process (or a thread) has one registry of each sort; what one experiment added is taken out before the next one adds its own.
 */
import { z } from 'zod';
import { ConfigError } from './errors.ts';

/** How often any registry has changed: what was made of registries before is then out of date. */
let changes = 0;

export class Registry<D> implements Iterable<D> {
  /** What one is called in messages: `kind of trader`, `rung`. */
  readonly sort: string;
  /** The names that come with unwind. */
  readonly shipped: ReadonlySet<string>;
  private readonly nameOf: (definition: D) => string;
  private readonly list: D[];

  /** Throws ConfigError where two have one name. */
  constructor(sort: string, nameOf: (definition: D) => string, shipped: readonly D[]) {
    this.sort = sort;
    this.nameOf = nameOf;
    this.list = [];
    for (const definition of shipped) this.push(definition);
    this.shipped = new Set(this.names);
  }

  /** All of them, in the order in which they came. */
  get all(): readonly D[] {
    return this.list;
  }

  get names(): string[] {
    return this.list.map(this.nameOf);
  }

  [Symbol.iterator](): Iterator<D> {
    return this.list[Symbol.iterator]();
  }

  /** Undefined: there is none of that name. */
  find(name: unknown): D | undefined {
    return this.list.find((definition) => this.nameOf(definition) === name);
  }

  /** Throws ConfigError where there is none of that name. */
  get(name: unknown): D {
    const found = this.find(name);
    if (found !== undefined) return found;
    throw new ConfigError([], `there is no ${this.sort} ${String(name)}; there are ${this.names.join(', ')}`);
  }

  /** Makes one known that is defined elsewhere, under a name that no other has. Returns it. Throws ConfigError. */
  add<K extends D>(definition: K): K {
    this.push(definition);
    changes++;
    return definition;
  }

  /** Takes out what was added. */
  reset(): void {
    const { length } = this.list;
    this.list.length = this.shipped.size;
    if (length > this.shipped.size) changes++;
  }

  private push(definition: D): void {
    const name = this.nameOf(definition);
    if (this.find(name) !== undefined)
      throw new ConfigError([], `there is a ${this.sort} ${name} already; give it another name`);
    this.list.push(definition);
  }
}

/** A schema that is made of registries: made anew once one of them has changed. */
export function growing<T extends z.ZodType>(make: () => T): T {
  let made: { readonly at: number; readonly schema: T } | undefined;
  const current = (): T => {
    if (made?.at !== changes) made = { at: changes, schema: make() };
    return made.schema;
  };
  return looking(z.lazy(current), current) as unknown as T;
}

/** zod would keep what it found when it first looked, and so would the copies that it makes to describe a schema. */
function looking(schema: z.ZodLazy, current: () => z.ZodType): z.ZodLazy {
  const clone = schema.clone.bind(schema);
  Object.defineProperty(schema._zod, 'innerType', { get: current });
  schema.clone = (...how) => looking(clone(...how), current);
  return schema;
}
