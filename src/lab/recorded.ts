/**
 * A results folder read back: the experiment that made it, and what it says of one run. The experiment is read from the
 * files that the manifest names, which must be what they were.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import type { Experiment } from './experiment/index.ts';
import { MOST_DATA_BYTES, readExperiment, readRegularFile } from './experiment/index.ts';
import { readTable } from './parts.ts';
import { MANIFEST, requireFinishedRun } from './store/holding.ts';

const manifestSchema = z.object({
  unwind: z.string(),
  seed: z.string(),
  runs: z.number(),
  sets: z.array(z.string()),
  inputs: z.array(z.object({ file: z.string(), sha256: z.string() })).min(1),
  parts: z.array(z.object({ table: z.string(), file: z.string() })),
});

export type RecordedManifest = z.output<typeof manifestSchema>;

/** Throws OutputError where the folder holds no finished run, ConfigError where its manifest is none. */
export function readManifest(folder: string): RecordedManifest {
  requireFinishedRun(folder);
  const file = join(folder, MANIFEST);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ConfigError([], `${file}: not the manifest of a results folder`);
  }
}

/** The experiment as it was run, with `sets` (path=value) on top. Throws ConfigError if a file has changed since. */
export function readRecordedExperiment(
  folder: string,
  manifest: RecordedManifest,
  sets: readonly string[] = [],
): Experiment {
  const contents = new Map<string, Uint8Array>();
  for (const { file, sha256 } of manifest.inputs) {
    let bytes: Uint8Array;
    try {
      bytes = readRegularFile(file, MOST_DATA_BYTES);
    } catch {
      throw new ConfigError([], `${folder} was made from ${file}, which is not there; go where it is`);
    }
    contents.set(file, bytes);
    if (createHash('sha256').update(bytes).digest('hex') === sha256) continue;
    throw new ConfigError([], `${file} has changed since ${folder} was made from it; put it back as it was`);
  }
  return readExperiment(manifest.inputs[0]!.file, {
    sets: [...manifest.sets, ...sets],
    runs: manifest.runs,
    seed: manifest.seed,
    contents,
  });
}

/** The row of table `runs` for which these columns have these values. Throws ConfigError if there is none, OutputError where it cannot be read. */
export async function readRow(
  folder: string,
  manifest: RecordedManifest,
  key: Readonly<Record<string, string | number>>,
): Promise<Readonly<Record<string, unknown>>> {
  for (const { table, file } of manifest.parts) {
    if (table !== 'runs') continue;
    for (const row of await readTable(folder, file)) {
      if (Object.entries(key).every(([name, value]) => row[name] === value)) return row;
    }
  }
  const words = Object.entries(key).map(([name, value]) => `${name} ${value}`);
  throw new ConfigError([], `${folder}: table runs has no row of ${words.join(', ')}`);
}
