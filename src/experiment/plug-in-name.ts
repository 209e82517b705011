/** How entries of `plugins` are written: a file begins with `./`, `../` or `/`; anything else is a package. */
import { isAbsolute } from 'node:path';

export function isFile(name: string): boolean {
  return /^\.{0,2}\//.test(name);
}

/** A path as the name of a file. */
export function asFile(path: string): string {
  return isAbsolute(path) || path.startsWith('../') ? path : `./${path}`;
}
