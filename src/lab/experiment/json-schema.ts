/** The JSON schema of experiment files: for editors, and as the reference of what can be written. */
import { z } from 'zod';
import { models } from './models/index.ts';

/** Schema of the file as it is written (draft 2020-12), with every plug-in's settings. */
export function experimentJsonSchema(): Record<string, unknown> {
  const files = models.map(({ schema, about }) => (schema as z.ZodObject).describe(about));
  return z.toJSONSchema(z.union(files), { io: 'input' });
}
