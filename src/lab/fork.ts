/** One recorded run forked by hand. */
import { ConfigError } from '../core/errors.ts';
import type { ForkAnswer, ForkOrder, ForkResult } from './fork-task.ts';
import type { PoolOptions } from './work/pool.ts';
import { SimPool } from './work/pool.ts';

export type { ForkOrder, ForkResult } from './fork-task.ts';

/** Throws ConfigError where something is wrong with the order, or the run does not come out as recorded; LostRun. */
export async function forkRecorded(
  order: ForkOrder,
  options: Pick<PoolOptions, 'limits' | 'signal'>,
): Promise<ForkResult> {
  const pool = new SimPool<ForkOrder, ForkAnswer>({ ...options, task: 'fork', input: undefined, workers: 1 });
  try {
    const answer = await pool.run(order);
    if (answer.ok) return answer.result;
    throw new ConfigError([], answer.message);
  } finally {
    await pool.close();
  }
}
