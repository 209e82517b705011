/** What a results folder holds, and the words for it: whose results, whether they are finished, and what goes on with them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL } from './journal.ts';
import type { DesignKind } from './order.ts';
import { designIn, HEADER, titleOf } from './order.ts';
import { OutputError } from './output-error.ts';
import { shellCommand } from './shell-command.ts';

export const MANIFEST = 'manifest.json';
/** Of policies, beside the manifest: of unwind compare FILE. */
export const COMPARISON = 'comparison.json';
/** For people, made of all the rest: may be there or not. */
export const REPORT = 'report.html';
/** Of a design. */
export const POINTS = 'points.parquet';

/** The file that completes a folder: a run's manifest, or the document of a design. */
export function lastFile(design: DesignKind | undefined): string {
  return design === undefined ? MANIFEST : `${design}.json`;
}

/** `the folder holds a run that is not finished; go on with it: npx unwind resume out`; undefined: it holds nothing of ours. */
export function holdingOf(folder: string): string | undefined {
  if (!existsSync(join(folder, HEADER))) return undefined;
  const design = designIn(folder);
  return existsSync(join(folder, lastFile(design)))
    ? `the folder holds a finished ${titleOf(design)}; a new one needs another folder`
    : `the folder holds ${unfinished(folder, design)}`;
}

/** `a run that is not finished; go on with it: npx unwind resume out`; or that has lost what says what is done. */
export function unfinished(folder: string, design: DesignKind | undefined): string {
  if (!existsSync(join(folder, JOURNAL)))
    return `a ${titleOf(design)} without ${lastFile(design)} and ${JOURNAL}; make them anew: ${shellCommand('resume', folder)}`;
  return `a ${titleOf(design)} that is not finished; go on with it: ${shellCommand('resume', folder)}`;
}

/** Throws OutputError where a folder holds no finished run; says what it holds, and what would do. */
export function requireFinishedRun(folder: string): void {
  if (existsSync(join(folder, MANIFEST))) return;
  const design = designIn(folder);
  if (design !== undefined)
    throw new OutputError(`${folder}: holds a ${titleOf(design)}; needs a run: npx unwind run FILE`);
  if (existsSync(join(folder, HEADER)))
    throw new OutputError(`${folder}: holds ${unfinished(folder, undefined)}`);
  throw new OutputError(`${folder}: no results folder: there is no ${MANIFEST}`);
}
