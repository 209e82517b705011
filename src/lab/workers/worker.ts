/** Entry of a worker thread: a shim, so that everything it does can be called and tested without one. */
import { closeGlobals } from './guard.ts'; // first: before any trader's code
import { randomInt } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { batchTask } from '../batch.ts';
import { pointTask } from '../design/point-runs.ts';
import type { Lost } from '../failed-run.ts';
import { Board } from './board.ts';
import type { RunWatch } from './watch.ts';
import { watchOn } from './watch.ts';

/** Does one job after another. */
type Task = (job: never, watch: RunWatch) => Promise<unknown>;

/** What workers can do: from the input of a pool to what is done with its jobs. A new task is one line. */
const tasks = {
  batch: batchTask,
  point: pointTask,
} as const satisfies Readonly<Record<string, (input: never) => Task>>;

export type TaskName = keyof typeof tasks;

/** What a thread is given at its start. */
export interface WorkerInput {
  readonly task: TaskName;
  readonly input: unknown;
  /** Of a `Board`. */
  readonly board: SharedArrayBuffer;
  readonly delay_ms: number;
}

/** A job for worker number `worker`, without the runs that ended the threads that made them. */
export interface Assignment {
  readonly worker: number;
  readonly job: unknown;
  readonly lost: readonly Lost[];
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

const { task, input, board: buffer, delay_ms } = workerData as WorkerInput;
const board = new Board(buffer);
const work = tasks[task](input as never) as Task;
const pause = globalThis.setTimeout;
closeGlobals();

export default async function answer({ worker, job, lost }: Assignment): Promise<Answer> {
  try {
    return { ok: true, result: await work(job as never, watchOn(board, worker, lost)) };
  } catch (error) {
    const { name, message, stack = '', code } = error as NodeJS.ErrnoException;
    return { ok: false, name, message, stack, code };
  } finally {
    board.end(worker);
    // A delay is not drawn from a seed: who reports first must not matter.
    if (delay_ms > 0) await new Promise((resolve) => pause(resolve, randomInt(delay_ms + 1)));
  }
}
