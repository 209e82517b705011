/** V2: the spread, depth and moves of a book of Poisson orders in the long run. */
import type { StationaryBookExperiment } from '../models/stationary-book/file.ts';
import { checkEstimate, estimatesOf } from './estimates.ts';
import { experimentOf, runsOf } from './runs.ts';
import type { Check, Validation } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'stationary-book.yaml';

/** What, metric, number, tolerance: for the rates of the file, orders up to 30 ticks from the opposite best quote. */
const NUMBERS: readonly (readonly [string, string, number, number])[] = [
  ['mean spread, ticks', 'mean_spread', 1.356, 0.01],
  ['P(spread = 1 tick)', 'p_spread_1', 0.742, 0.005],
  ['depth at distance 1', 'depth_1', 1.575, 0.02],
  ['depth at distance 2', 'depth_2', 1.638, 0.02],
  ['depth at distance 3', 'depth_3', 1.576, 0.02],
  ['moves of the middle a minute', 'mid_moves', 2.54, 0.03],
];

export const stationaryBook: Validation = {
  name: 'stationary-book',
  about: 'V2: spread and depth of a book of Poisson orders in the long run (Cont, Stoikov, Talreja 2010)',
  async run(options) {
    const runs = await runsOf(FILE, 'stationary_book', [], options);
    const found = estimatesOf(runs);
    const checks: Check[] = [];
    // Other rates have no numbers, and none that are known otherwise.
    if (
      ratesOf(runs.experiment) ===
      ratesOf(experimentOf(FILE, 'stationary_book', [], { ...options, sets: [] }))
    ) {
      for (const [what, metric, number, tolerance] of NUMBERS) {
        checks.push(checkEstimate(what, number, found[metric]!, tolerance));
      }
      const deepest = [1, 2, 3, 4, 5].reduce((a, b) =>
        found[`depth_${b}`]!.value > found[`depth_${a}`]!.value ? b : a,
      );
      checks.push(check('distance of the greatest depth', 2, deepest, NaN, 0));
    }
    return checks;
  },
};

/** All that the book's law depends on, as text. */
function ratesOf({ stationary_book }: StationaryBookExperiment): string {
  return JSON.stringify({ ...stationary_book, warm_up: 0, time: 0 });
}
