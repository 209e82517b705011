/** A comparison over plausible markets made ready: draws of a posterior, and whose difference is taken apart. */
import { at, ConfigError } from '../../core/errors.ts';
import { systematic } from '../../stats/abc/systematic.ts';
import { inBlock } from '../points/in-block.ts';
import { pointInput, readPoint } from '../points/point-runs.ts';
import type { Experiment, MarketExperiment } from '../../models/experiment.ts';
import type { Markets } from '../../experiment/markets.ts';

export interface MarketsSetup {
  readonly experiment: MarketExperiment;
  readonly block: Markets;
  readonly policies: readonly string[];
  /** `path=value` of each market that is drawn. */
  readonly markets: readonly (readonly string[])[];
  /** Undefined: of each metric two policies whose order depends on the market. */
  readonly tornado: readonly [string, string] | undefined;
}

/** Throws ConfigError where there is no block, or the draws do not fit the experiment. */
export function marketsSetup(experiment: Experiment): MarketsSetup {
  const block = experiment.model === 'market' ? experiment.markets : undefined;
  if (experiment.model !== 'market' || block === undefined) {
    throw new ConfigError(
      [],
      `${experiment.file}: there is no block markets of a market; name one: --markets posterior`,
    );
  }
  const policies = Object.keys(experiment.policies);
  return inBlock(experiment, 'markets', () => {
    if (policies.length < 2) throw new ConfigError([], 'needs two policies to compare');
    const { tornado } = block;
    tornado?.forEach((name, i) => {
      if (!policies.includes(name))
        throw new ConfigError(['tornado', i], `there is no policy ${name}; there are ${policies.join(', ')}`);
    });
    const markets = systematic(block.read.draws, block.draws).map(({ changes }) =>
      Object.entries(changes).map(([path, value]) => `${path}=${value}`),
    );
    at(['posterior'], () => requireFit(experiment, markets[0]!, block.posterior));
    return { experiment, block, policies, markets, tornado };
  });
}

function requireFit(experiment: MarketExperiment, sets: readonly string[], posterior: string): void {
  try {
    readPoint(pointInput(experiment), { sets, seed: experiment.seed });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [first] = error.describe().split('\n');
    throw new ConfigError(
      [],
      `the settings of ${posterior} are none of this experiment's, which should stand on the market that was calibrated ` +
        `(based_on: market.yaml): ${first!}`,
    );
  }
}
