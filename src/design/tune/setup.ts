/** A search made ready: the experiment, what may be changed, what is wanted, and how points are evaluated. */
import { ConfigError } from '../../core/errors.ts';
import { inBlock } from '../points/in-block.ts';
import type { Evaluator, PointOutcome, PointRequest } from '../points/evaluate.ts';
import { PointError } from '../points/evaluate.ts';
import { requireFitting } from '../points/fitting.ts';
import { ofPolicy } from '../points/point-runs.ts';
import { policyOf } from '../points/policy.ts';
import type { Parameter, Point } from '../points/space.ts';
import { readSpace, setsOf } from '../points/space.ts';
import type { Experiment, TuneBlock } from '../../models/experiment.ts';
import type { FailedRun } from '../../lab/store/failed-run.ts';
import { modelOf } from '../../models/index.ts';
import type { CellSummary, RunColumns } from '../../models/model.ts';
import type { Objective } from './objectives.ts';
import { estimateOf, objectivesOf, summariesOf } from './objectives.ts';
import { Search } from './search.ts';

export interface Evaluated {
  readonly columns: readonly RunColumns[];
  readonly cells: readonly CellSummary[];
  readonly lost: readonly FailedRun[];
}

export interface SeedAndRuns {
  readonly seed?: string | undefined;
  readonly runs?: number | undefined;
}

export class TuneSetup {
  readonly experiment: Experiment;
  readonly block: TuneBlock;
  readonly space: readonly Parameter[];
  readonly objectives: readonly Objective[];
  readonly budget: number;
  /** Whose results count; undefined: the experiment has no policies. */
  readonly policy: string | undefined;
  readonly #own: Experiment;

  /** Throws ConfigError where the block does not fit the experiment. */
  constructor(experiment: Experiment) {
    const { tune } = experiment;
    if (tune === undefined) {
      throw new ConfigError([], `${experiment.file}: there is no block tune, which says what may be changed`);
    }
    this.experiment = experiment;
    this.block = tune;
    this.space = inBlock(experiment, 'tune', () => readSpace(tune.parameters));
    requireFitting(experiment, this.space);
    this.objectives = objectivesOf(tune);
    this.budget = typeof tune.budget === 'number' ? tune.budget : Number.parseInt(tune.budget, 10);
    this.policy = inBlock(experiment, 'tune', () => policyOf(experiment, tune.policy, this.space));
    this.#own = ofPolicy(experiment, this.policy);
    inBlock(experiment, 'tune', () => {
      this.#checkObjectives();
    });
  }

  /** Before any run is made: results of no runs have the same metrics. */
  #checkObjectives(): void {
    const model = modelOf(this.#own);
    const none = Object.fromEntries(model.tables[0]!.columns.map(({ name }) => [name, new Float64Array(0)]));
    const cells = summariesOf(
      this.#own,
      model.cells(this.#own).map(() => none),
    );
    for (const objective of this.objectives) estimateOf(cells, objective);
  }

  search(): Search {
    return new Search(this.space, this.objectives.length, this.budget, this.experiment.seed);
  }

  /** Each point's results under the policy, or a PointError. Seed and number of runs are the experiment's if left out. */
  async evaluate(
    evaluator: Evaluator,
    points: readonly Point[],
    options: SeedAndRuns = {},
  ): Promise<(Evaluated | PointError)[]> {
    const { seed = this.experiment.seed, runs = this.experiment.runs } = options;
    const requests = points.map((point): PointRequest => ({
      sets: setsOf(this.space, point),
      seed,
      policy: this.policy,
      runs,
    }));
    const results = await evaluator.evaluate(requests);
    return results.map((outcome) => evaluated(this.#own, outcome));
  }

  /** The same of a policy of the file as it stands. */
  async evaluatePolicy(
    evaluator: Evaluator,
    policy: string,
    options: { seed: string; runs: number },
  ): Promise<Evaluated | PointError> {
    const [outcome] = await evaluator.evaluate([{ sets: [], policy, ...options }]);
    return evaluated(ofPolicy(this.experiment, policy), outcome!);
  }
}

function evaluated(own: Experiment, outcome: PointOutcome): Evaluated | PointError {
  if (outcome instanceof PointError) return outcome;
  const { cells: columns, lost } = outcome;
  return { columns, cells: summariesOf(own, columns, lost), lost };
}
