/**
 * Stopping a batch early, while workers are still busy with runs of very uneven length: which runs may be counted?
 *
 * A pool is simulated: each worker takes the next run when it is done with its last one; a run takes as long as its
 * cascade is large, and a random delay. Counting the runs that finished first leaves the long ones out, which are the
 * large cascades; counting a contiguous prefix of run numbers, at checkpoints known beforehand, does not.
 */
import { z } from 'zod';
import { number } from '../../core/settings.ts';
import type { Rng } from '../../core/rng.ts';
import { meanInterval } from '../intervals/mean.ts';
import { lawOf, lawSchema } from './laws.ts';
import { count, defineEstimator, positive } from './trial.ts';

export const stopping = defineEstimator({
  estimator: 'stopping',
  about: 'Mean size of the cascades counted when a batch is stopped.',
  shape: {
    law: lawSchema,
    workers: count('Workers of the pool.'),
    delay: number({ least: 0, most: 1e6 }).describe(
      'Mean random delay of a run; a run takes 1 + its size beside.',
    ),
    checkpoints: z
      .array(count('Runs counted.'))
      .min(1)
      .describe('Numbers of runs at which stopping is considered.'),
    until: positive(
      'Stops where half the interval’s width over the mean is at most this; at the last checkpoint anyway.',
    ),
    counted: z.enum(['prefix', 'first-finished']).describe('Which runs a checkpoint counts.'),
  },
  trial({ law: settings, workers, delay, checkpoints, until, counted }) {
    const law = lawOf(settings);
    const last = checkpoints.at(-1)!;
    return {
      truth: law.mean,
      estimate(rng) {
        // As many as could be under way when the last checkpoint is reached.
        const draw = law.sampler(rng);
        const sizes = Float64Array.from({ length: last + workers }, draw);
        const finished = finishTimes(sizes, workers, delay, rng);
        const order = Array.from(sizes, (_, run) => run);
        if (counted === 'first-finished') order.sort((a, b) => finished[a]! - finished[b]!);
        const ordered = Float64Array.from(order, (run) => sizes[run]!);
        for (const checkpoint of checkpoints) {
          const estimate = meanInterval(ordered.subarray(0, checkpoint));
          const half = (estimate.high - estimate.low) / 2;
          if (checkpoint === last || half <= until * estimate.value) return estimate;
        }
        throw new Error('unreachable: the last checkpoint stops');
      },
    };
  },
});

/** When each run is done, if workers take runs in order, each as soon as it is free. */
function finishTimes(sizes: Float64Array, workers: number, delay: number, rng: Rng): Float64Array {
  const free = new Float64Array(workers);
  return sizes.map((size) => {
    let next = 0;
    for (let w = 1; w < workers; w++) if (free[w]! < free[next]!) next = w;
    free[next]! += 1 + size + (delay > 0 ? rng.exponential(delay) : 0);
    return free[next]!;
  });
}
