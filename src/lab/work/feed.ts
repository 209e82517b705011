/** Workers that take their jobs from a feed, which decides from what is done what comes next. */
import type { PoolOptions } from './pool.ts';
import { SimPool } from './pool.ts';

/** Where a pool gets its jobs from, and where their results go. */
export interface Feed<Job, Result> {
  /** The next job, for a worker that did `last` before; undefined when there is none now. */
  next(last: Job | undefined): Job | undefined;
  /** Takes a result, whoever is done first; more jobs may follow from it. What it throws ends the pool. */
  done(job: Job, result: Result): void;
  /** True: the pool ends although workers are at work. */
  readonly isOver?: boolean;
}

interface Worker<Job> {
  isBusy: boolean;
  last: Job | undefined;
}

/** Ends when there is no job and every worker is idle. Rejects with what a job or the feed threw, or with Stopped. */
export async function runPool<Job, Result>(options: PoolOptions, feed: Feed<Job, Result>): Promise<void> {
  const pool = new SimPool<Job, Result>(options);
  try {
    await new Promise<void>((resolve, reject) => handOut(pool, feed, options.workers, resolve, reject));
  } finally {
    await pool.close();
  }
}

function handOut<Job, Result>(
  pool: SimPool<Job, Result>,
  feed: Feed<Job, Result>,
  count: number,
  resolve: () => void,
  reject: (error: unknown) => void,
): void {
  const workers: Worker<Job>[] = Array.from({ length: count }, () => ({ isBusy: false, last: undefined }));
  const next = (): void => {
    for (const worker of workers) {
      if (feed.isOver === true) break;
      const job = worker.isBusy ? undefined : feed.next(worker.last);
      if (job === undefined) continue;
      worker.isBusy = true;
      pool
        .run(job)
        .then((result) => {
          worker.isBusy = false;
          worker.last = job;
          feed.done(job, result);
          next();
        })
        .catch(reject);
    }
    if (feed.isOver === true || workers.every(({ isBusy }) => !isBusy)) resolve();
  };
  try {
    next();
  } catch (error) {
    reject(error);
  }
}
