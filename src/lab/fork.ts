/** One recorded run forked by hand. */
import { ConfigError } from '../core/errors.ts';
import type { ForkAnswer, ForkOrder, ForkResult } from './fork-task.ts';
import type { PoolOptions } from './work/pool.ts';
import { SimPool } from './work/pool.ts';
import { requireManifest } from './store/finished.ts';
import { readRecordedExperiment } from './store/recorded.ts';

export type { ForkOrder, ForkResult } from './fork-task.ts';

/** Throws ConfigError where something is wrong with the order, or the run does not come out as recorded; LostRun. */
export async function forkRecorded(
  order: ForkOrder,
  options: Pick<PoolOptions, 'limits' | 'signal'>,
): Promise<ForkResult> {
  // Its plug-ins are read here, with the user's word: the thread is given them.
  const manifest = requireManifest(order.folder);
  const hasPlugIns = (manifest.plug_ins ?? []).length > 0;
  const input = hasPlugIns ? { experiment: readRecordedExperiment(order.folder, manifest) } : undefined;
  const pool = new SimPool<ForkOrder, ForkAnswer>({ ...options, task: 'fork', input, workers: 1 });
  try {
    const answer = await pool.run(order);
    if (answer.ok) return answer.result;
    throw new ConfigError([], answer.message);
  } finally {
    await pool.close();
  }
}
