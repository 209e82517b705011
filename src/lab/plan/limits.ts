/**
 * What a run may take, so that a trader that never ends or takes all the memory costs its own run and no other. Both are
 * measured by the clock and the system, so they must only ever end a run, never change one that comes to its end: the
 * defaults are far from anything that a sound run takes.
 */
export interface RunLimits {
  /** Longest time that a run may take, s. */
  readonly timeout_s: number;
  /** Most that a run may add to the memory of the process, MB. */
  readonly memory_mb: number;
}

export const DEFAULT_LIMITS: RunLimits = { timeout_s: 600, memory_mb: 1024 };

/** Why a run was lost that took its thread along: another attempt may go well, so `resume` makes it again. */
export const RUN_TIMEOUT = 'RunTimeout';
export const OUT_OF_MEMORY = 'OutOfMemory';
export const THREAD_ENDED = 'ThreadEnded';
/** Why a run was lost that changed what all runs of its thread share: it does so at every attempt. */
export const MEDDLED = 'Meddled';

const OF_THREADS: ReadonlySet<string> = new Set([RUN_TIMEOUT, OUT_OF_MEMORY, THREAD_ENDED]);

/** True where the run was lost to a limit or with its thread, and not to an error of its own. */
export function isLostWithThread({ name }: { readonly name: string }): boolean {
  return OF_THREADS.has(name);
}
