/**
 * Reading of files that others named: regular files only and of a limited size, so that neither a pipe, nor a device, nor
 * an endless file holds the program up.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ConfigError } from '../../core/errors.ts';

/** Largest data file, in bytes. */
export const MOST_DATA_BYTES = 64 * 1024 * 1024;

/** Largest experiment file, in bytes. */
export const MOST_EXPERIMENT_BYTES = 8 * 1024 * 1024;

/** Bytes of a file. Throws ConfigError where there is none, or none that may be read. */
export function readRegularFile(file: string, most: number): Uint8Array<ArrayBuffer> {
  let handle: number;
  try {
    // Without waiting: a pipe would keep the program until somebody writes into it.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw cannotRead(file, error);
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) {
      throw new ConfigError([], `${file} is ${kindOf(stats)}; only a regular file is read`);
    }
    return readUpTo(handle, file, stats.size, most);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw cannotRead(file, error);
  } finally {
    closeSync(handle);
  }
}

/** A file's size is not always what it holds (/proc), so one byte more than it may have is asked for. */
function readUpTo(handle: number, file: string, size: number, most: number): Uint8Array<ArrayBuffer> {
  if (size > most) throw tooLarge(file, most);
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(handle, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.slice(0, length);
    length += read;
    if (length > most) throw tooLarge(file, most);
    if (length < bytes.length) continue;
    const wider = new Uint8Array(Math.min(most + 1, 2 * bytes.length));
    wider.set(bytes);
    bytes = wider;
  }
}

function tooLarge(file: string, most: number): ConfigError {
  return new ConfigError([], `${file} is larger than ${most / 1024 / 1024} MiB, the most that is read`);
}

function kindOf(stats: ReturnType<typeof fstatSync>): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function cannotRead(file: string, error: unknown): ConfigError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new ConfigError([], `no such file: ${file}`);
  // What opening a socket or a device without a driver gives.
  if (code === 'ENXIO') return new ConfigError([], `${file} is no regular file; only a regular file is read`);
  return new ConfigError([], `cannot read ${file}: ${code}`);
}
