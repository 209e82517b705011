/**
 * The entry `plugins` of an experiment file: the code that it names becomes known, in the
 * place of what another experiment brought, before the rest of the file is read.
 */
import type { Problems } from '../../experiment/problems.ts';
import type { Source } from '../../experiment/source.ts';
import type { PlugInCode } from './code.ts';
import { readCode } from './code.ts';
import type { KeptPlugIn } from './kept.ts';
import { mustBeAgreed, mustBeSame } from './kept.ts';
import { forget, load, loadedAs } from './load.ts';

/** What is known of the plug-ins before. */
interface Known {
  readonly plugIns?: readonly PlugInCode[];
  readonly keptPlugIns?: readonly KeptPlugIn[];
}

/**
 * `written`: what stands there, which its schema judges later; `plugIns`: code that is taken as it is; `keptPlugIns`: the plug-ins
 * that made results at hand, if the experiment is read for these. Puts what is wrong to the problems, and throws them.
 */
export function readPlugIns(
  written: unknown,
  { plugIns: read, keptPlugIns: kept }: Known,
  source: Source,
  problems: Problems,
): readonly PlugInCode[] {
  forget();
  if (!Array.isArray(written)) return [];
  const names = (written as unknown[]).filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  // What runs here already was agreed to where it was loaded: threads are given it.
  const isNew = (name: string): boolean => loadedAs(kept?.find((one) => one.name === name)) === undefined;
  if (kept !== undefined) problems.attempt(['plugins'], () => mustBeAgreed(names.filter(isNew), source.file));
  problems.check(['plugins']);
  const found = names.map((name, i) =>
    problems.attempt(['plugins', i], () => {
      const taken = read?.find((one) => one.name === name);
      const known = loadedAs(kept?.find((one) => one.name === name));
      const code = taken ?? known ?? readCode(name, source.file);
      if (kept !== undefined) mustBeSame(code, kept);
      load(code);
      return code;
    }),
  );
  problems.check(['plugins']);
  return found.map((code) => code!);
}
