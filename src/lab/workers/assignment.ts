/** What a thread is given to do, without the runs that ended the threads that made them. */
import type { Lost } from '../failed-run.ts';

export interface Assignment {
  /** Number of the worker. */
  readonly worker: number;
  readonly job: unknown;
  readonly lost: readonly Lost[];
  /** True: its first run is made again after the others. */
  readonly isRepeated: boolean;
}
