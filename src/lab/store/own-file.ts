/**
 * Files of a results folder, which may come from anybody: only regular files of the folder itself are read, whatever their
 * names say: no links, which may lead anywhere, and nothing that never ends.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OutputError } from './output-error.ts';

/** Larger ones cannot be read into memory at once. */
const MOST_BYTES = 2 ** 31 - 1;

/** Opened so, a link is refused, and a pipe is not waited for; a system that has no such flags counts them as 0. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Bytes of a file of the folder; undefined: there is none. Throws OutputError where it cannot be read. */
export function readOwn(folder: string, name: string): Buffer | undefined {
  const path = join(folder, name);
  if (basename(name) !== name || name === '..' || name === '.')
    throw new OutputError(`${path} is outside of the folder`);
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new OutputError(`${path} cannot be read (${WORDS[code ?? ''] ?? code ?? 'unknown'})`);
  }
  try {
    const { size } = regular(path, file);
    if (size > MOST_BYTES) throw new OutputError(`${path} is too large: ${size} bytes`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw new OutputError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  } finally {
    closeSync(file);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ELOOP: 'it is a link',
  ENXIO: 'it is no regular file',
  EACCES: 'no permission',
};

function regular(path: string, file: number): { readonly size: number } {
  const about = fstatSync(file);
  if (!about.isFile()) throw new OutputError(`${path} cannot be read (it is no regular file)`);
  return about;
}
