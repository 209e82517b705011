/**
 * Whether known parameters come back: simulations are taken for the observation, one after another, and their parameters
 * looked for among the others. The share of intervals that hold the truth is what the intervals claim, if they are right;
 * how narrow they are tells which parameters the moments identify. Source: D. Prangle et al., Aust. N. Z. J. Stat. 56 (2014) 309.
 */
import { correlation } from '../intervals/correlation.ts';
import type { Estimate } from '../estimate.ts';
import { wilson } from '../intervals/proportion.ts';
import type { Simulated } from './posterior.ts';
import { abcPosterior, PRIOR_SD } from './posterior.ts';
import { weightedQuantile } from './weighted.ts';

export interface Recovered {
  /** Share of the trials in which the central interval holds the truth, with its own interval. */
  readonly coverage: Estimate;
  /** Root mean square over the trials of the posterior’s standard deviation over the prior’s: 1 where nothing is learnt. */
  readonly width: number;
  /** Correlation of the posterior’s mean and the truth. */
  readonly correlation: number;
}

/** One a parameter. `level`: of the intervals; `trials`: simulations that are taken for the truth, spread over all of them. */
export function recovery(
  simulations: readonly Simulated[],
  keep: number,
  { trials = 200, level = 0.9 }: { readonly trials?: number; readonly level?: number } = {},
): Recovered[] {
  const count = Math.min(trials, simulations.length);
  const truths = Array.from({ length: count }, (_, n) => Math.floor((n * simulations.length) / count));
  const found = truths.map((truth) => {
    const others = simulations.filter((_, i) => i !== truth);
    return { truth: simulations[truth]!.place, ...abcPosterior(others, simulations[truth]!.moments, keep) };
  });
  const tail = (1 - level) / 2;
  return Array.from(simulations[0]!.place, (_, d) => {
    let held = 0;
    let squares = 0;
    for (const { truth, draws, sd } of found) {
      const values = draws.map(({ place }) => place[d]!);
      const weights = draws.map(({ weight }) => weight);
      const [low, high] = [tail, 1 - tail].map((p) => weightedQuantile(values, weights, p)) as [
        number,
        number,
      ];
      if (truth[d]! >= low && truth[d]! <= high) held++;
      squares += (sd[d]! / PRIOR_SD) * (sd[d]! / PRIOR_SD);
    }
    return {
      coverage: wilson(held, count),
      width: Math.sqrt(squares / count),
      correlation: correlation(
        found.map(({ truth }) => truth[d]!),
        found.map(({ mean }) => mean[d]!),
      ),
    };
  });
}
