/** V7: common random numbers pair runs, and results do not depend on the number of workers. */
import { varianceReduction } from '../../stats/paired.ts';
import { solvableRuns } from './solvable-runs.ts';
import type { Validation } from './validation.ts';
import { check } from './validation.ts';

/** Pairs of runs. */
const RUNS = 30_000;
/** Runs for the comparison of workers: enough for several batches each. */
const RUNS_FOR_WORKERS = 8000;

export const pairing: Validation = {
  name: 'pairing',
  about: 'V7: the same accounts, 10 % thinned, are paired run by run; 1, 2 and 4 workers give the same bytes',
  async run(options) {
    const dense = await solvableRuns(['solvable.accounts_per_tick=0.5', `runs=${RUNS}`], options);
    const thinned = await solvableRuns(['solvable.accounts_per_tick=0.45', `runs=${RUNS}`], options);
    const a = dense.columns['size']!;
    const b = thinned.columns['size']!;
    let smaller = 0;
    for (let i = 0; i < a.length; i++) if (a[i]! < b[i]!) smaller++;
    const hashes = new Set<string>();
    for (const workers of [1, 2, 4]) {
      hashes.add((await solvableRuns([`runs=${RUNS_FOR_WORKERS}`], { ...options, workers })).hash);
    }
    return [
      check('variance reduction by pairing, m = 0.5 against 0.45', 8.8, varianceReduction(a, b), NaN, 1.5),
      check('pairs in which the denser field liquidates fewer', 0, smaller, NaN, 0),
      check('distinct results on 1, 2 and 4 workers', 1, hashes.size, NaN, 0),
    ];
  },
};
