/**
 * One process at a time writes to a results folder: a file says which. It is made whole by one system call, so that of
 * two processes one gets it; that of a process which is gone is taken over.
 */
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UNFINISHED, writeNew } from './durable.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';
import { sealed, unsealed } from './sealed.ts';

/** `began`: as the system says it, as a number of a process is used again; empty where unknown. */
const ownerSchema = z.strictObject({ pid: z.number().int().min(1), host: z.string(), began: z.string() });
type Owner = z.output<typeof ownerSchema>;

export const LOCK = 'lock';
/** Ends the name of a lock that is being taken over. */
const STALE = '.stale';

export interface Lock {
  release(): void;
}

/** Throws OutputError where another process has it, and what the system says where the folder cannot be written. */
export function lockFolder(folder: string): Lock {
  const path = join(folder, LOCK);
  const mine = sealed(LOCK, { pid: process.pid, host: hostname(), began: beganAt(process.pid) });
  const draft = join(folder, `${LOCK}.${process.pid}${UNFINISHED}`);
  try {
    for (;;) {
      writeNew(draft, mine); // each time: another process that finishes here sweeps what is not whole
      if (linked(draft, path)) break;
      const text = readLock(folder, LOCK);
      if (text === undefined) continue; // released meanwhile
      requireGone(folder, text);
      removeStale(path, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readLock(folder, LOCK) === mine) rmSync(path, { force: true });
    },
  };
}

/** Throws OutputError where a process is writing to the folder, or nobody can know. */
export function requireUnlocked(folder: string): void {
  const text = readLock(folder, LOCK);
  if (text !== undefined) requireGone(folder, text);
}

/** What processes leave that are gone, killed while they took a lock; the lock itself is not among them. */
export function deadDrafts(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    if (!DRAFT.test(name)) return false;
    const text = readLock(folder, name);
    const owner = text === undefined ? undefined : ownerOf(text);
    return owner !== undefined && (owner === 'nobody' || !isAlive(owner));
  });
}

/** Process of a lock or of a draft that is unwind's; undefined of any other file. */
export function lockingProcess(folder: string, name: string): number | undefined {
  const text = name === LOCK || DRAFT.test(name) ? readLock(folder, name) : undefined;
  const owner = text === undefined ? undefined : ownerOf(text);
  return owner === 'nobody' ? 0 : owner?.pid;
}

const DRAFT = /^lock\.\d+\.(?:part|stale)$/;

function requireGone(folder: string, text: string): void {
  const owner = ownerOf(text);
  if (owner === undefined)
    throw new OutputError(
      `${join(folder, LOCK)} does not say which process is writing here: it is damaged, or of another version of ` +
        `unwind; if none is, delete it`,
    );
  if (owner !== 'nobody' && isAlive(owner)) throw new OutputError(takenBy(folder, owner));
}

function takenBy(folder: string, { pid, host }: Owner): string {
  return host === hostname()
    ? `${folder}: process ${pid} is writing to it`
    : `${folder}: process ${pid} on ${host} is writing to it; if it is gone, delete ${join(folder, LOCK)}`;
}

/** False where there is one already, or where the draft is gone. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  }
  try {
    copyFileSync(draft, path, constants.COPYFILE_EXCL); // a file system without links
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Another process may take the stale lock over at the same moment: only what was read is removed. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.${process.pid}${STALE}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== text) linked(aside, path);
  unlinkSync(aside);
}

function readLock(folder: string, name: string): string | undefined {
  return readOwn(folder, name)?.toString('utf8');
}

/** Nobody's: an empty one, which a power cut leaves; undefined: it is no lock. */
function ownerOf(text: string): Owner | 'nobody' | undefined {
  if (text === '') return 'nobody';
  try {
    return ownerSchema.parse(unsealed(LOCK, text));
  } catch {
    return undefined;
  }
}

/** Of another host nothing can be known. */
function isAlive({ pid, host, began }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return began === '' || began === beganAt(pid);
}

/** Boot of the machine and start of the process in ticks since then, where /proc tells them. */
function beganAt(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in brackets may hold spaces; the start is the 20th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return `${boot} ${fields[19]!}`;
  } catch {
    return '';
  }
}
