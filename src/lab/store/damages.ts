/** What in a finished run's folder is not as it was written. */
import type { Manifest } from './manifest.ts';
import { damageOf } from './parts.ts';
import { COMPARISON } from './holding.ts';
import { damageOfText, HEADER, TEXT, textIn } from './order.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';
import { readSealed } from './sealed.ts';

/** All its files but the manifest, which says what the others are. Those beside the results may be missing. */
export function damagedFiles(folder: string, { parts }: Manifest): string[] {
  return [
    ...parts.filter((part) => damageOf(folder, part) !== undefined).map(({ file }) => file),
    ...damagedOrder(folder),
    ...(isComparisonDamaged(folder) ? [COMPARISON] : []),
  ];
}

function damagedOrder(folder: string): string[] {
  try {
    if (readOwn(folder, HEADER) === undefined) return [];
    return [undefined, 'is missing'].includes(damageOfText(folder, textIn(folder))) ? [] : [TEXT];
  } catch (error) {
    if (error instanceof OutputError) return [HEADER];
    throw error;
  }
}

/** It is made anew from the parts, so nothing but that it is whole has to hold. */
export function isComparisonDamaged(folder: string): boolean {
  try {
    readSealed(folder, COMPARISON);
    return false;
  } catch (error) {
    if (error instanceof OutputError) return true;
    throw error;
  }
}
