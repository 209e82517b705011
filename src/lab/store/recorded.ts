/**
 * A results folder read back: the experiment that made it, and what it says of one run. The experiment is read from the
 * files that the manifest names, which must be what they were.
 */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import { MOST_DATA_BYTES, readExperiment, readRegularFile } from '../../models/experiment.ts';
import type { Manifest } from './manifest.ts';
import { readTable } from './parts.ts';
import { sha256 } from './sha256.ts';

/** The experiment as it was run, with `sets` (path=value) on top. Throws ConfigError if a file has changed since. */
export function readRecordedExperiment(
  folder: string,
  manifest: Manifest,
  sets: readonly string[] = [],
): Experiment {
  const contents = new Map<string, Uint8Array>();
  for (const { file, sha256: before } of manifest.inputs) {
    let bytes: Uint8Array;
    try {
      bytes = readRegularFile(file, MOST_DATA_BYTES);
    } catch {
      throw new ConfigError([], `${folder} was made from ${file}, which is not there; go where it is`);
    }
    contents.set(file, bytes);
    if (sha256(bytes) === before) continue;
    throw new ConfigError([], `${file} has changed since ${folder} was made from it; put it back as it was`);
  }
  return readExperiment(manifest.inputs[0]!.file, {
    sets: [...manifest.sets, ...sets],
    runs: manifest.runs,
    seed: manifest.seed,
    contents,
    keptPlugIns: manifest.plug_ins ?? [],
  });
}

/** The row of table `runs` for which these columns have these values. Throws ConfigError if there is none, OutputError where a part is damaged. */
export async function readRow(
  folder: string,
  manifest: Manifest,
  key: Readonly<Record<string, string | number>>,
): Promise<Readonly<Record<string, unknown>>> {
  for (const part of manifest.parts) {
    if (part.table !== 'runs') continue;
    for (const row of await readTable(folder, part)) {
      if (Object.entries(key).every(([name, value]) => row[name] === value)) return row;
    }
  }
  const words = Object.entries(key).map(([name, value]) => `${name} ${value}`);
  throw new ConfigError([], `${folder}: table runs has no row of ${words.join(', ')}`);
}
