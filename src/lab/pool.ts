/**
 * Worker processes, and who of them does what. Processes, not threads: one can die (out of memory, a native crash, kill
 * -9) without taking the others or what is done along, and their worlds do not weigh on the main process.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Stopped } from './unfinished.ts';
import type { FromWorker, TaskName, ToWorker } from './worker.ts';

/** Where a pool gets its jobs from, and where their results go. */
export interface Feed<Job, Result> {
  /** The next job, for a worker that did `last` before; undefined when there is none now. */
  next(last: Job | undefined): Job | undefined;
  /** Takes a result, whoever is done first; more jobs may follow from it. What it throws ends the pool. */
  done(job: Job, result: Result): void;
  /** A worker died of this job as often as MOST_DEATHS says; `how`: by which signal or exit code. */
  died(job: Job, how: string): void;
  /** True: the pool ends although workers are at work. */
  readonly isOver?: boolean;
}

export interface PoolOptions {
  /** What the workers do: a name in `tasks` of worker.ts. */
  readonly task: TaskName;
  /** Given to each worker once, at its start; anything that can be cloned. */
  readonly input: unknown;
  readonly workers: number;
  /** Most that a worker waits, at random, before it reports, ms: shakes the order in which results come. For tests; 0. */
  readonly delay_ms?: number;
  /** Ends the pool at once; what is under way is lost. */
  readonly signal?: AbortSignal | undefined;
}

/** A job that kills its worker is tried so often. */
const MOST_DEATHS = 3;

/** Ends when there is no job and every worker is idle. Rejects with what a job or the feed threw, or with Stopped. */
export async function runPool<Job, Result>(options: PoolOptions, feed: Feed<Job, Result>): Promise<void> {
  const pool = new Pool(options, feed);
  try {
    await pool.ended;
  } finally {
    await pool.kill();
  }
}

interface Worker<Job> {
  process: ChildProcess;
  job: Job | undefined;
  last: Job | undefined;
}

class Pool<Job, Result> {
  readonly ended: Promise<void>;
  readonly #options: PoolOptions;
  readonly #feed: Feed<Job, Result>;
  readonly #workers: Worker<Job>[] = [];
  readonly #deaths = new Map<Job, number>();
  /** Jobs of dead workers, to be done again. */
  readonly #again: Job[] = [];
  readonly #stop = (): void => this.#end(new Stopped('stopped'));
  #isOver = false;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(options: PoolOptions, feed: Feed<Job, Result>) {
    this.#options = options;
    this.#feed = feed;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    options.signal?.addEventListener('abort', this.#stop);
    if (options.signal?.aborted === true) this.#stop();
    this.#guarded(() => this.#handOut());
  }

  /** Ends all workers, and waits until they are gone: then none of them writes any more. */
  async kill(): Promise<void> {
    this.#isOver = true;
    this.#options.signal?.removeEventListener('abort', this.#stop);
    const alive = this.#workers
      .map(({ process }) => process)
      .filter(
        ({ pid, exitCode, signalCode }) => pid !== undefined && exitCode === null && signalCode === null,
      );
    const gone = alive.map((process) => once(process, 'exit'));
    for (const process of alive) process.kill('SIGKILL');
    await Promise.all(gone);
  }

  /** Gives every idle worker a job, starting workers while there are jobs for them. */
  #handOut(): void {
    if (this.#feed.isOver === true) {
      this.#end();
      return;
    }
    for (const worker of this.#workers) {
      if (worker.job === undefined) this.#give(worker, this.#next(worker.last));
    }
    while (this.#workers.length < this.#options.workers) {
      const job = this.#next(undefined);
      if (job === undefined) break;
      const worker: Worker<Job> = { process: this.#start(), job: undefined, last: undefined };
      this.#workers.push(worker);
      this.#listen(worker);
      this.#give(worker, job);
    }
    if (this.#workers.every(({ job }) => job === undefined)) this.#end();
  }

  #next(last: Job | undefined): Job | undefined {
    return this.#again.pop() ?? this.#feed.next(last);
  }

  #give(worker: Worker<Job>, job: Job | undefined): void {
    worker.job = job;
    if (job !== undefined) send(worker.process, { kind: 'job', job });
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(import.meta.resolve('#sim-worker')), [], {
      serialization: 'advanced',
      execArgv: [],
      // What a user's agent prints must not get into the results on stdout.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const { task, input, delay_ms = 0 } = this.#options;
    send(child, { kind: 'start', task, input, delay_ms });
    return child;
  }

  #listen(worker: Worker<Job>): void {
    const child = worker.process;
    child.on('message', (message: FromWorker) => this.#guarded(() => this.#take(worker, message)));
    child.on('error', (error) => this.#end(error));
    child.on('exit', (code, signal) =>
      this.#guarded(() => this.#bury(worker, signal ?? `exit code ${code}`)),
    );
  }

  #take(worker: Worker<Job>, message: FromWorker): void {
    const job = worker.job!;
    worker.last = job;
    worker.job = undefined;
    if (message.kind === 'error') {
      const error = Object.assign(new Error(message.message), { name: message.name, code: message.code });
      error.stack = message.stack;
      throw error;
    }
    this.#feed.done(job, message.result as Result);
    this.#handOut();
  }

  /** The job of a worker that died is done again by another one. */
  #bury(worker: Worker<Job>, how: string): void {
    this.#workers.splice(this.#workers.indexOf(worker), 1);
    const { job } = worker;
    if (job !== undefined) {
      const deaths = (this.#deaths.get(job) ?? 0) + 1;
      this.#deaths.set(job, deaths);
      if (deaths < MOST_DEATHS) this.#again.push(job);
      else this.#feed.died(job, how);
    }
    this.#handOut();
  }

  #guarded(work: () => void): void {
    if (this.#isOver) return;
    try {
      work();
    } catch (error) {
      this.#end(error);
    }
  }

  #end(error?: unknown): void {
    this.#isOver = true;
    if (error === undefined) this.#resolve();
    else this.#reject(error);
  }
}

/** A worker that died meanwhile is noticed by its exit. */
function send(child: ChildProcess, message: ToWorker): void {
  child.send(message, () => undefined);
}
