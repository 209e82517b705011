/**
 * Presets: whole venues as fragments of a policy, in experiments/presets. A policy with `preset: NAME` has everything that
 * the fragment says and the policy itself does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { EXPERIMENTS } from '../package-folder.ts';
import type { DataFiles } from './data-files.ts';
import { suggestion } from './nearest.ts';
import type { Source } from './source.ts';

const FOLDER = join(EXPERIMENTS, 'presets');

/** Settings of a policy that name a data file. */
const FILE_SETTINGS = ['history', 'tiers'];

export interface Preset {
  readonly name: string;
  /** The fragment's first comment line. */
  readonly about: string;
}

/** All presets, by name. */
export function presets(): Preset[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      name: basename(file, '.yaml'),
      about: readFileSync(join(FOLDER, file), 'utf8').split('\n', 1)[0]!.replace(/^#\s*/, ''),
    }));
}

/** Fills in the presets that policies name. Throws ConfigError with the path of a name that is none. */
export function fillPresets(source: Source, file: string, files: DataFiles): void {
  const policies = z
    .record(z.string(), z.unknown())
    .safeParse((source.value() as { policies?: unknown } | null)?.policies);
  for (const [policy, value] of Object.entries(policies.data ?? {})) {
    const parsed = z.object({ preset: z.unknown() }).safeParse(value);
    if (!parsed.success || parsed.data.preset === undefined) continue;
    const path = ['policies', policy];
    const names = presets().map(({ name }) => name);
    const name =
      typeof parsed.data.preset === 'string' ? parsed.data.preset : JSON.stringify(parsed.data.preset);
    if (!names.includes(name)) {
      throw new ConfigError([...path, 'preset'], `there is no preset ${name}; ${suggestion(name, names)}`);
    }
    const preset = join(FOLDER, `${name}.yaml`);
    source.drop(path, 'preset');
    source.fill(path, `preset ${name}`, files.read(preset), (key, text) =>
      FILE_SETTINGS.includes(key) ? relative(dirname(file), join(FOLDER, text)) : text,
    );
  }
}
