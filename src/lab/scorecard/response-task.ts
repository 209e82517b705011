/** Runs of a market that answers: what a worker does. */
import type { MarketExperiment } from '../../models/experiment.ts';
import { compileScenario, withoutShocks } from '../../models/experiment.ts';
import { neededRun } from '../work/watched.ts';
import type { RunWatch } from '../work/watch.ts';
import type { Responses } from '../../scorecard/response/observe.ts';
import { Responder } from '../../scorecard/response/observe.ts';

/** The market of an experiment without its shocks, under its first policy, ready to answer. */
export function responderOf(experiment: MarketExperiment): Responder {
  const calm = withoutShocks(experiment);
  const policy = Object.keys(experiment.policies)[0]!;
  return new Responder(compileScenario(calm, { policy, shock: 0 }));
}

/** The task of a worker: its runs have one world. */
export function responseTask(experiment: MarketExperiment) {
  let responder: Responder | undefined;
  return (run: number, watch: RunWatch): Promise<Responses> =>
    neededRun(watch, run, () => {
      responder ??= responderOf(experiment);
      return responder.run(`${experiment.seed}/${run}`);
    });
}
