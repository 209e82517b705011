/** Schemas of changes: any of the keys of a map, each replacing what it is without them. */
import { z } from 'zod';

/** The same keys, all of them optional, without their defaults: what is left out changes nothing. */
export function changesOf<T>(shape: Readonly<Record<string, z.ZodType>>): z.ZodType<Partial<T>> {
  const entries = Object.entries(shape).map(([key, schema]) => [key, optional(schema)] as const);
  return z.strictObject(Object.fromEntries(entries)) as unknown as z.ZodType<Partial<T>>;
}

function optional(schema: z.ZodType): z.ZodType {
  const { description } = schema;
  const bare = withoutDefault(schema).optional();
  return description === undefined ? bare : bare.describe(description);
}

function withoutDefault(schema: z.ZodType): z.ZodType {
  const { type, innerType } = schema.def as unknown as { type: string; innerType?: z.ZodType };
  const isWrapped = type === 'default' || type === 'prefault' || type === 'optional';
  return isWrapped ? withoutDefault(innerType!) : schema;
}
