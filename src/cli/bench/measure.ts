/** How everything here is timed: on one core, warm, the best of a few repetitions of the same work. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Timing {
  /** Nanoseconds that the repetition took that was least disturbed by other processes. */
  readonly ns: number;
  /** All repetitions, in order: their spread shows how busy the machine was. */
  readonly all_ns: readonly number[];
}

/** Prepares (untimed) and does the same work `repetitions` times after the warm-ups. */
export function bestOf<T>(
  repetitions: number,
  prepare: () => T,
  work: (prepared: T) => void,
  warmUps = 1,
): Timing {
  for (let i = 0; i < warmUps; i++) work(prepare());
  const all: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const prepared = prepare();
    const begin = process.hrtime.bigint();
    work(prepared);
    all.push(Number(process.hrtime.bigint() - begin));
  }
  return { ns: Math.min(...all), all_ns: all };
}

/** Bytes per operation or event that count as none: a look at the heap leaves some hundred bytes there. */
export const NOISE = 0.1;

/** A collection hides what was allocated since the last look only, so there are many. */
const LOOKS = 32;

/** Bytes that appear on the heap, garbage included, while work is done up to each of 32 equal shares of it (the last: 1). */
export function heapAllocatedBy(workUpTo: (share: number) => void): number {
  let used = process.memoryUsage().heapUsed;
  let allocated = 0;
  for (let look = 1; look <= LOOKS; look++) {
    workUpTo(look / LOOKS);
    const now = process.memoryUsage().heapUsed;
    if (now > used) allocated += now - used;
    used = now;
  }
  return allocated;
}

/** Frees what nothing refers to, so that what was measured before does not weigh on what comes next. */
export const collectGarbage: () => void = exposedGc();

function exposedGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
