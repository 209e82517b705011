/**
 * Threads that cannot be ended. Node ends a thread between two steps of its code; one that is inside a single long call
 * (the filling of an array larger than the memory, say) ends when the call does, and the process does not exit before.
 * Then nothing is left but to end the process from outside, as kill -9 does; what it has written stays, and resume goes on.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** A thread that is told to end takes less, s, unless it is stuck. */
export const STUCK_S = 20;

let isAny = false;

/** Ends when the threads are gone, or stuck. */
export async function goneOrStuck(gone: Promise<unknown>): Promise<void> {
  const settled = new AbortController();
  const stuck = pause(1000 * STUCK_S, true, { signal: settled.signal }).catch(() => false);
  isAny ||= await Promise.race([gone.then(() => false), stuck]);
  settled.abort();
}

/** Does not return where a thread is stuck. */
export function endWithStuckThreads(): void {
  if (isAny) process.kill(process.pid, 'SIGKILL');
}
