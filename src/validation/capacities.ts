/** V24: no row that runs give depends on the sizes of the world's pools, and no run is lost because one was too small. */
import { runsOf } from './runs.ts';
import type { Validation } from './validation.ts';
import { check, checkAtLeast } from './validation.ts';

const FILE = 'capacities.yaml';

/** Rows that ran out in the file's own sizes, times these; rings and windows are powers of two. */
const FACTORS = [1, 2, 10];

const POOLS = ['orders', 'terms', 'events', 'calls', 'liquidations', 'losses'] as const;

export const capacities: Validation = {
  name: 'capacities',
  about: 'V24: the same rows, byte for byte, from pools of any size; a pool that is too small loses no run',
  async run(options) {
    const first = await runsOf(FILE, 'market', [], options);
    const { experiment } = first;
    const capacity = { ...experiment.capacity, ...experiment.venues[0]!.capacity };
    const hashes = new Set([first.hash]);
    // From sizes in which nothing runs out on, so that it is not the same growth that leads to the same rows.
    for (const factor of FACTORS) {
      const sets = POOLS.map(
        (pool) => `market.capacity.${pool}=${factor * 1024 * Math.max(capacity[pool], 1)}`,
      );
      const power = 2 ** Math.ceil(Math.log2(factor));
      const rings = (['fills', 'span'] as const).map(
        (ring) => `market.capacity.${ring}=${power * capacity[ring]}`,
      );
      hashes.add((await runsOf(FILE, 'market', [...sets, ...rings], options)).hash);
    }
    const calls = first.cells.flatMap((cell) => [...cell['accounts']!]);
    return [
      check('distinct results with pools too small, and × 1, 2 and 10 of enough', 1, hashes.size, NaN, 0),
      checkAtLeast(
        'accounts liquidated in them',
        1,
        calls.reduce((sum, count) => sum + count, 0),
      ),
    ];
  },
};
