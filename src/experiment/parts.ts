/**
 * What can still be judged of an experiment when parts of it break its schema: each broken part is left out, or something
 * harmless takes its place, so that all that is wrong elsewhere is told in the same breath.
 */
import type { z } from 'zod';
import type { Path } from './source.ts';

export interface Parts {
  /** The part that holds a path: it is judged as a whole. undefined: nothing can be judged without it. */
  readonly of: (path: Path) => Path | undefined;
  /** What takes the place of a broken part; undefined: nothing does. */
  readonly placeholder: (part: Path, written: unknown) => unknown;
}

/** Broken parts may come to light one behind the other. */
const MOST_ROUNDS = 4;

/** Settings in which keys at the top may be missing; undefined if nothing can be judged. */
export function soundParts(schema: z.ZodObject, value: object, parts: Parts): object | undefined {
  const sound: unknown = structuredClone(value);
  let relaxed: z.ZodObject = schema;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = relaxed.safeParse(sound);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = issue.path as (string | number)[];
      const broken = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
      for (const part of broken.map(parts.of)) {
        if (part === undefined) return undefined;
        replace(sound, part, parts.placeholder(part, at(sound, part)));
        const [key] = part;
        if (part.length === 1 && Object.hasOwn(schema.shape, key!))
          relaxed = relaxed.partial({ [key!]: true } as Record<string, true>);
      }
    }
  }
  return undefined;
}

type Container = Record<string | number, unknown>;

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Container)[part] : undefined),
    value,
  );
}

function replace(value: unknown, path: Path, by: unknown): void {
  const parent = at(value, path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) return;
  const last = path.at(-1)!;
  if (by === undefined) Reflect.deleteProperty(parent, last);
  else (parent as Container)[last] = by;
}
