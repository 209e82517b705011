/** Entry of a worker thread: a shim, so that everything it does can be called and tested without one. */
import { closeGlobals, pauseAtMost, shared } from './guard.ts'; // first: before any trader's code
import { workerData } from 'node:worker_threads';
import { agents } from '../../../agents/index.ts';
import { Rng } from '../../core/rng.ts';
import { Birth } from '../../sim/birth.ts';
import { Market } from '../../sim/market-view.ts';
import { Me, Turn } from '../../sim/me.ts';
import { Offer } from '../../sim/offer.ts';
import { batchTask } from '../batch.ts';
import { pointTask } from '../design/point-runs.ts';
import type { Assignment } from './assignment.ts';
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

/** What traders are handed, and are: runs share it. */
const handed: Readonly<Record<string, unknown>> = {
  ...{ Market, Rng, Me, Turn, Birth, Offer },
  ...Object.fromEntries(agents.map((agent) => [`the kind ${agent.kind}`, agent])),
};

/** What a thread is given at its start. */
export interface WorkerInput {
  readonly task: TaskName;
  readonly input: unknown;
  /** Of a `Board`. */
  readonly board: SharedArrayBuffer;
  readonly delay_ms: number;
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
closeGlobals();
for (const [name, value] of Object.entries(handed)) shared.add(name, value);

export default async function answer(assignment: Assignment): Promise<Answer> {
  try {
    return { ok: true, result: await work(assignment.job as never, watchOn(board, assignment)) };
  } catch (error) {
    const { name, message, stack = '', code } = error as NodeJS.ErrnoException;
    return { ok: false, name, message, stack, code };
  } finally {
    board.end(assignment.worker);
    await pauseAtMost(delay_ms);
  }
}
