/**
 * Code that made results which are at hand. A folder may come from anybody: it says which code it wants, and never brings it.
 * What is run lies where the experiment's file says, is the same to the byte, and only runs if the user agrees.
 */
import { ConfigError } from '../../core/errors.ts';
import type { PlugInCode } from './code.ts';

/** What a folder says of a plug-in that its runs were made with. */
export type KeptPlugIn = Pick<PlugInCode, 'name' | 'sha256'>;

let agreed = false;

/** The user agrees, for all that this process does, to run plug-ins that results were made with. */
export function agreeToPlugIns(): void {
  agreed = true;
}

export const isAgreed = (): boolean => agreed;

/** Throws ConfigError where the user has not agreed; `names`: as the experiment writes them. */
export function mustBeAgreed(names: readonly string[], experiment: string): void {
  if (agreed || names.length === 0) return;
  const files = names.join(', ');
  throw new ConfigError(
    [],
    `this would run the code of ${files}, which ${experiment} names: look at it, then agree with --plugins`,
  );
}

/** Throws ConfigError where code is not that which made the results. */
export function mustBeSame(code: PlugInCode, kept: readonly KeptPlugIn[]): void {
  const before = kept.find(({ name }) => name === code.name);
  if (before?.sha256 === code.sha256) return;
  const what = before === undefined ? 'is none of those' : 'has changed since it was one of those';
  throw new ConfigError([], `${code.name} ${what} that made these results; put it back as it was`);
}
