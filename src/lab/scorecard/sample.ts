/**
 * A sample of a market: several days, each on luck of its own and watched for as long as a run lasts. Their stretches are
 * pooled: the mean that correlations are taken about is then that of many days. About the mean of one short day, activity
 * that changes within hours looks as if it were constant, and volatility as if it hardly clustered.
 */
import { expandSeed } from '../../core/seed.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketExperiment } from '../../models/experiment.ts';
import { ImpactProbe, meanImpacts } from '../../scorecard/response/impact.ts';
import type { Sample } from '../../scorecard/facts/moments.ts';
import { observe } from '../../scorecard/facts/observe.ts';
import { inCalm, watchedUntil } from './facts-task.ts';

/** Sample number `run` of so many days; `probed`: whether impacts are looked at, which takes as long as the days. */
export function sampleOf(
  experiment: MarketExperiment,
  run: number,
  { days, probed }: { readonly days: number; readonly probed: boolean },
): Sample {
  return inCalm(experiment, (scenario, watch) => {
    const probe = probed ? new ImpactProbe(scenario, watchedUntil(experiment)) : undefined;
    const simulation = new Simulation(probe?.scenario ?? scenario);
    const all = Array.from({ length: days }, (_, day) => {
      simulation.start(expandSeed(`${experiment.seed}/${run}/${day}`));
      const { blocks } = observe(simulation, watch);
      simulation.assertConserved();
      return { blocks, impacts: probe?.measure(simulation) };
    });
    return {
      blocks: all.flatMap(({ blocks }) => blocks),
      impacts: probe && meanImpacts(all.map(({ impacts }) => impacts!)),
    };
  });
}
