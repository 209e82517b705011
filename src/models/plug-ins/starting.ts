/** Starting files of plug-ins and experiments: those in the package's folder `templates`, under another name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import type { Registry } from '../../core/registry.ts';
import { templates } from '../../experiment/package-folder.ts';
import type { Sort } from './sorts.ts';
import { sorts } from './sorts.ts';

/** What there are starting files of, and the function that declares one; undefined: an experiment. */
export const STARTING = {
  agent: 'defineAgent',
  rule: 'defineMarginRule',
  wrapper: 'defineWrapper',
  rung: 'defineRung',
  layer: 'defineLayer',
  mark: 'defineMark',
  shock: 'defineShock',
  measure: 'defineMeasure',
  score: 'defineScore',
  contract: 'defineContract',
  experiment: undefined,
} as const satisfies Readonly<Record<string, Sort | undefined>>;

export type Starting = keyof typeof STARTING;

export interface StartingFile {
  readonly name: string;
  readonly text: string;
}

/** The file, and its test. Throws ConfigError where the name is none, or one that comes with unwind. */
export function startingFiles(what: Starting, name: string): readonly StartingFile[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new ConfigError(
      [],
      `${name}: a name is at most 40 small letters, digits and - between them, such as my-${what}`,
    );
  const sort: Sort | undefined = STARTING[what];
  const registry = sort === undefined ? undefined : (sorts[sort] as unknown as Registry<object>);
  if (registry?.shipped.has(name) === true)
    throw new ConfigError([], `there is a ${registry.sort} ${name} already; give it another name`);
  const own = `my-${what}`;
  return [what === 'experiment' ? '.yaml' : '.ts', '.test.mjs'].map((ending) => ({
    name: `${name}${ending}`,
    text: readFileSync(join(templates(), `${own}${ending}`), 'utf8')
      .replaceAll(own, name)
      .replaceAll(own.replace('-', '_'), name.replaceAll('-', '_')),
  }));
}
