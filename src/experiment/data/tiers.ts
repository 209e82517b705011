/**
 * Tables of margin tiers: a JSON (or YAML) file that is the table itself, or has tables by name, at its top or under
 * `tiers`; `file.json#NAME` picks one.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { tierRowsSchema } from '../../clearing/margin/tiers.ts';
import { validate } from '../issues.ts';
import { suggestion } from '../nearest.ts';
import { ExperimentError, ExperimentProblems, Problems } from '../problems.ts';
import { Source } from '../source.ts';

/** `path`: the file as the experiment names it. Throws ConfigError. */
export function readTiers(file: string, text: string, path: string, name: string | undefined): number[][] {
  try {
    const source = new Source(file, text);
    for (const { label, path: at, what } of source.complaints) throw new ExperimentError(label, at, what);
    return tableOf(source, path, name);
  } catch (error) {
    // A place in the tier file is part of the message, not of the experiment's path.
    if (error instanceof ExperimentProblems) throw new ConfigError([], error.summary);
    if (error instanceof ExperimentError) throw new ConfigError([], error.message);
    throw error;
  }
}

function tableOf(source: Source, path: string, name: string | undefined): number[][] {
  const top = source.value();
  const record = z.record(z.string(), z.unknown()).safeParse(top).data;
  const inner = record && z.record(z.string(), z.unknown()).safeParse(record['tiers']).data;
  const tables = inner ?? record;
  const where: string[] = [];
  let table: unknown = top;
  if (tables !== undefined) {
    const names = Object.keys(tables).filter((key) => Array.isArray(tables[key]));
    if (name === undefined) {
      throw new ConfigError([], `must name one table of the file: ${path}#${names[0] ?? 'NAME'}`);
    }
    if (!names.includes(name)) {
      throw new ConfigError([], `${source.file} has no table ${name}; ${suggestion(name, names)}`);
    }
    where.push(...(inner === undefined ? [name] : ['tiers', name]));
    table = tables[name];
  } else if (name !== undefined) {
    throw new ConfigError([], `${source.file} is one table; it has none named ${name}`);
  }
  const problems = new Problems(source);
  const rows = validate(tierRowsSchema, table, where, problems);
  problems.check();
  return rows!;
}
