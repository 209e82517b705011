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
  /** Those that stay, the first of the list: what experiments brought stands behind them. */
  private lasting: number;

  /** Throws ConfigError where two have one name. */
  constructor(sort: string, nameOf: (definition: D) => string, shipped: readonly D[]) {
    this.sort = sort;
    this.nameOf = nameOf;
    this.list = [];
    for (const definition of shipped) this.push(definition);
    this.shipped = new Set(this.names);
    this.lasting = this.list.length;
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

  /**
   * Makes one known that a program defines, for as long as the program runs, under a name that no other has. Returns it. Throws
   * ConfigError.
   */
  add<K extends D>(definition: K): K {
    this.requireFree(definition);
    this.list.splice(this.lasting++, 0, definition);
    changes++;
    return definition;
  }

  /** Makes one known that an experiment brings, until `reset`. Throws ConfigError. */
  bring(definition: D): void {
    this.push(definition);
    changes++;
  }

  /** Takes out what experiments brought. */
  reset(): void {
    if (this.list.length > this.lasting) changes++;
    this.list.length = this.lasting;
  }

  private push(definition: D): void {
    this.requireFree(definition);
    this.list.push(definition);
  }

  private requireFree(definition: D): void {
    const name = this.nameOf(definition);
    if (this.find(name) !== undefined)
      throw new ConfigError([], `there is a ${this.sort} ${name} already; give it another name`);
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
