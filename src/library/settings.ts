/** An experiment as plain data: what its file would say, key by key. */
import type { z } from 'zod';
import { Document } from 'yaml';
import { ConfigError } from '../core/errors.ts';
import type { models } from '../models/files.ts';

type Schemas = (typeof models)[number]['schema'];

/** Of one of the models, as a file says it: quantities are texts with their unit (`'5 min'`, `'0.1 %'`) or numbers. */
type WholeSettings = Schemas extends infer S ? (S extends z.ZodType ? z.input<S> : never) : never;

/** On another experiment's market and traders: `based_on` names its file; the rest is what differs. */
interface BasedSettings extends Partial<
  Omit<z.input<(typeof models)[0]['schema']>, 'market' | 'population'>
> {
  readonly based_on: string;
  readonly market?: Readonly<Record<string, unknown>>;
  readonly population?: readonly Readonly<Record<string, unknown>>[];
}

/** What an experiment file says. Keys, units and ranges: `unwind schema`. */
export type ExperimentSettings = WholeSettings | BasedSettings;

/** The settings as the text of an experiment file. Throws ConfigError where a value is none that a file can hold. */
export function textOfSettings(settings: ExperimentSettings): string {
  requirePlain(settings, [], []);
  return new Document(settings, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

function requirePlain(value: unknown, path: readonly (string | number)[], above: readonly object[]): void {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean')
    return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object')
    throw new ConfigError(
      path,
      `needs text, numbers, lists and maps, got ${typeof value === 'number' ? String(value) : `a ${typeof value}`}`,
    );
  if (above.includes(value)) throw new ConfigError(path, 'is a part of itself');
  if (Array.isArray(value)) {
    // Not by forEach, which passes over holes.
    for (let i = 0; i < value.length; i++) {
      if (value[i] === undefined) throw new ConfigError([...path, i], 'needs a value, got undefined');
      requirePlain(value[i], [...path, i], [...above, value]);
    }
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new ConfigError(path, `needs plain data, got an object of ${value.constructor.name}`);
  for (const [key, inner] of Object.entries(value)) requirePlain(inner, [...path, key], [...above, value]);
}
