/** V7: common random numbers pair runs, and results do not depend on the number of workers. */
import { varianceReduction } from '../stats/pairs/paired.ts';
import { runsOf } from './runs.ts';
import type { Validation } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'solvable-cascade.yaml';

/** Pairs of runs. */
const RUNS = 30_000;
/** Runs for the comparison of workers: enough for several batches each. */
const RUNS_FOR_WORKERS = 8000;

export const pairing: Validation = {
  name: 'pairing',
  about: 'V7: the same accounts, 10 % thinned, are paired run by run; 1, 2 and 4 workers give the same bytes',
  async run(options) {
    const cascades = (...sets: string[]) => runsOf(FILE, 'solvable', sets, options);
    const dense = await cascades('solvable.accounts_per_tick=0.5', `runs=${RUNS}`);
    const thinned = await cascades('solvable.accounts_per_tick=0.45', `runs=${RUNS}`);
    const a = dense.cells[0]!['size']!;
    const b = thinned.cells[0]!['size']!;
    let smaller = 0;
    for (let i = 0; i < a.length; i++) if (a[i]! < b[i]!) smaller++;
    const hashes = new Set<string>();
    for (const workers of [1, 2, 4]) {
      const { hash } = await runsOf(FILE, 'solvable', [`runs=${RUNS_FOR_WORKERS}`], { ...options, workers });
      hashes.add(hash);
    }
    return [
      check('variance reduction by pairing, m = 0.5 against 0.45', 8.8, varianceReduction(a, b), NaN, 1.5),
      check('pairs in which the denser field liquidates fewer', 0, smaller, NaN, 0),
      check('distinct results on 1, 2 and 4 workers', 1, hashes.size, NaN, 0),
    ];
  },
};
