/** Entry of a worker process: a shim, so that everything it does can be called and tested without one. */
import { randomInt } from 'node:crypto';
import { batchTask } from './batch.ts';
import { inlineMore } from './engine-flags.ts';

/** Does one job after another. */
type Task = (job: never) => unknown;

/** What workers can do: from the input of a pool to what is done with its jobs. A new task is one line. */
const tasks = {
  batch: batchTask,
} as const satisfies Readonly<Record<string, (input: never) => Task>>;

export type TaskName = keyof typeof tasks;

export type ToWorker =
  | { readonly kind: 'start'; readonly task: TaskName; readonly input: unknown; readonly delay_ms: number }
  | { readonly kind: 'job'; readonly job: unknown };

/** Errors as plain data: classes do not survive the way. */
export type FromWorker =
  | { readonly kind: 'result'; readonly result: unknown }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly code: string | undefined;
    };

let work: Task | undefined;
let delay_ms = 0;

function listen(): void {
  inlineMore();
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'start') {
      work = tasks[message.task](message.input as never);
      delay_ms = message.delay_ms;
    } else report(answer(message.job));
  });
  process.on('disconnect', () => process.exit()); // the main process is gone
  process.on('SIGINT', () => undefined); // Ctrl-C goes to all; the main process decides
}

/** A delay is not drawn from a seed: who reports first must not matter. */
function report(message: FromWorker): void {
  if (delay_ms === 0) process.send!(message);
  else setTimeout(() => process.send!(message), randomInt(delay_ms + 1));
}

function answer(job: unknown): FromWorker {
  try {
    return { kind: 'result', result: work!(job as never) };
  } catch (error) {
    const { name, message, stack = '', code } = error as NodeJS.ErrnoException;
    return { kind: 'error', name, message, stack, code };
  }
}

if (process.send !== undefined) listen();
