/**
 * `based_on: market.yaml`: the market and the traders of another experiment, with the plug-ins that it names, and which facts are told beside its results, with
 * whatever this one says itself. Maps are
 * filled in; the traders of the other come first, and a group that has the name of one of them changes that one.
 */
import { dirname, isAbsolute, join, relative } from 'node:path';
import { asFile, isFile } from './plug-in-name.ts';
import { at, ConfigError } from '../core/errors.ts';
import type { DataFiles } from './data-files.ts';
import type { Problems } from './problems.ts';
import type { Source } from './source.ts';

/** What is taken from a base. Its question, shocks and policies are its own. */
const TAKEN = ['market', 'population', 'facts'];

/** … and put before its own: the base may name what they bring. */
const JOINED = ['plugins'];

/** Settings of these that name a data file. */
const FILE_SETTINGS = ['snapshot', 'bands'];

const KEY = 'based_on';

/** A base may stand on another one; so many are no circle. */
const MOST_BASES = 8;

/** Fills in the bases that the experiment stands on, the nearest first. */
export function fillBases(source: Source, file: string, files: DataFiles, problems: Problems): void {
  for (let n = 0; ; n++) {
    const written = (source.value() as Readonly<Record<string, unknown>> | null)?.[KEY];
    if (written === undefined || written === null) return;
    const before = source.place([KEY], 'value');
    try {
      at([KEY], () => {
        if (typeof written !== 'string') throw new ConfigError([], 'needs the name of an experiment file');
        if (n === MOST_BASES)
          throw new ConfigError([], `${written}: more than ${MOST_BASES} files on one another`);
        fillBase(source, file, files, written);
      });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.addAt(before, error.path, error.message);
      source.drop([], KEY);
      return;
    }
  }
}

function fillBase(source: Source, file: string, files: DataFiles, reference: string): void {
  const base = files.text(reference);
  source.drop([], KEY);
  const own = relative(dirname(file), dirname(base.file));
  source.stand(base.file, base.text, { keys: [...TAKEN, KEY], joined: JOINED }, (key, text) => {
    if (JOINED.includes(key)) return isFile(text) && !isAbsolute(text) ? asFile(join(own, text)) : text;
    return FILE_SETTINGS.includes(key) || key === KEY ? join(own, text) : text;
  });
}
