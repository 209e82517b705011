/**
 * Presets: whole venues as fragments of a policy, in experiments/presets. A policy with `preset: NAME` has everything that
 * the fragment says and the policy itself does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EXPERIMENTS } from './package-folder.ts';
import type { DataFiles } from './data-files.ts';
import { nearest, suggestion } from './nearest.ts';
import type { Problems } from './problems.ts';
import type { Path, Source } from './source.ts';

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

/** Fills in the presets that policies name. */
export function fillPresets(source: Source, file: string, files: DataFiles, problems: Problems): void {
  const policies = z
    .record(z.string(), z.unknown())
    .safeParse((source.value() as { policies?: unknown } | null)?.policies);
  for (const [policy, value] of Object.entries(policies.data ?? {})) {
    const parsed = z.object({ preset: z.unknown() }).safeParse(value);
    if (!parsed.success || parsed.data.preset === undefined) continue;
    const { preset } = parsed.data;
    const path = ['policies', policy];
    const names = presets().map(({ name }) => name);
    const name = typeof preset === 'string' ? preset : JSON.stringify(preset);
    const isKnown = names.includes(name);
    if (!isKnown) problems.add([...path, 'preset'], `there is no preset ${name}; ${suggestion(name, names)}`);
    source.drop(path, 'preset');
    // The one that was probably meant, so that what it would have filled in is not missed, too.
    fillPreset(source, path, isKnown ? name : (nearest(name, names) ?? names[0]!), file, files);
  }
}

function fillPreset(source: Source, path: Path, name: string, file: string, files: DataFiles): void {
  source.fill(path, `preset ${name}`, files.read(join(FOLDER, `${name}.yaml`)), (key, text) =>
    FILE_SETTINGS.includes(key) ? relative(dirname(file), join(FOLDER, text)) : text,
  );
}
