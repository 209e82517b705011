/** What the pool and its threads tell each other. */
import type { Lost } from '../store/failed-run.ts';

/** What a thread does with its jobs. */
export type TaskName = 'batch' | 'point' | 'facts' | 'fork' | 'response';

/** What a thread is given at its start. */
export interface WorkerInput {
  readonly task: TaskName;
  readonly input: unknown;
  /** Of a `Board`. */
  readonly board: SharedArrayBuffer;
  readonly delay_ms: number;
}

/** A job, without the runs that ended the threads that made them. */
export interface Assignment {
  /** Number of the worker. */
  readonly worker: number;
  readonly job: unknown;
  readonly lost: readonly Lost[];
  /** True: its first run is made again after the others. */
  readonly isRepeated: boolean;
}

/** Errors as plain data: classes do not survive the way. */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly code: string | undefined;
    };
