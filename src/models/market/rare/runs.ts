/** A market's rare event in the lab: how likely it is under each policy and shock, by splitting of the market's worlds. */
import { expandSeed, keyOfRun } from '../../../core/seed.ts';
import { scores } from '../../../sim/observe/scores/index.ts';
import { Simulation } from '../../../sim/simulation.ts';
import type { RareMarketExperiment } from '../file/market.ts';
import { cells, compileScenario } from '../file/compile.ts';
import { estimate, rareSummary, rareTables, recordEstimate } from '../../rare/estimates.ts';
import { MarketProcess } from './process.ts';
import type { Model } from '../../model.ts';
import { withLargerPool } from '../pools.ts';
import { shockTitle } from '../shock-title.ts';
import { text } from '../../columns.ts';

const labelColumns = [text('policy', 'Name of the policy.'), text('shock', 'The shock.')] as const;

function labelsOf(experiment: RareMarketExperiment): { readonly policy: string; readonly shock: string }[] {
  return cells(experiment).map((cell) => ({ policy: cell.policy, shock: shockTitle(experiment, cell) }));
}

export const rareMarket: Model<RareMarketExperiment> = {
  name: 'rare_market',
  kinds: ({ groups }) => groups.map(({ kind }) => kind),
  tables: rareTables(labelColumns),
  enlarged: withLargerPool,
  cells: (experiment) => labelsOf(experiment).map((labels) => ({ labels })),
  prepare(experiment, index) {
    const { score, event, check_every_us, fixed_positions, splitting } = experiment.rare;
    const { policy, shock } = labelsOf(experiment)[index]!;
    const scenario = compileScenario(experiment, cells(experiment)[index]!);
    const market = new MarketProcess(new Simulation(scenario), {
      score: scores.get(score),
      event: scores.get(event.score),
      threshold: event.threshold,
      every_us: check_every_us,
      traders: fixed_positions ? expandSeed(experiment.seed) : undefined,
    });
    return {
      run(run, record) {
        const key = keyOfRun(experiment.seed, run);
        recordEstimate(record, [policy, shock], run, estimate(market, key, splitting));
      },
    };
  },
  summarise: (experiment, columns) => ({
    cells: labelsOf(experiment).map((labels, i) => rareSummary(labels, columns[i]!)),
    comparisons: [],
  }),
};
