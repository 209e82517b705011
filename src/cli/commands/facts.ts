/** `unwind facts FILE|DIR`: does this market behave as real ones do? */
import { statSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { observeRun, scorecard } from '../../lab/facts/index.ts';
import type { Observed } from '../../lab/facts/observe.ts';
import type { MarketExperiment } from '../../lab/experiment/index.ts';
import { readExperiment } from '../../lab/experiment/index.ts';
import { readOrder } from '../../lab/store/order.ts';
import { showProgress } from '../progress.ts';
import { factsReport } from '../report/facts.ts';
import { UsageError } from '../usage-error.ts';

interface FactsArguments {
  path: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  json: boolean;
}

export const factsCommand: CommandModule<object, FactsArguments> = {
  command: 'facts <path>',
  describe: 'Judges a market without its shocks by what is known of real ones',
  builder: (yargs) =>
    yargs
      .positional('path', {
        type: 'string',
        demandOption: true,
        describe: 'Experiment file, or results folder whose experiment is judged',
      })
      .option('runs', { type: 'number', describe: 'Runs, instead of the file’s' })
      .option('seed', { type: 'string', describe: 'Seed, instead of the file’s' })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'Changes a setting: path=value (repeatable)',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One JSON document on stdout, nothing else',
      })
      .example('$0 facts experiments/market.yaml', 'The market that the experiments stand on')
      .example('$0 facts experiments/market.yaml --seed fresh', 'On other luck'),
  handler({ path, runs, seed, set, json }) {
    const experiment = marketOf(path, { runs, seed, set });
    const progress = showProgress(experiment.runs);
    const observed: Observed[] = [];
    for (let run = 0; run < experiment.runs; run++) {
      observed.push(observeRun(experiment, run));
      progress.update(run + 1);
    }
    progress.stop();
    const card = scorecard(experiment, observed);
    process.stdout.write(json ? `${JSON.stringify(card, null, 2)}\n` : `${factsReport(card)}\n`);
    if (card.held < card.facts.length) process.exitCode = 1;
  },
};

function marketOf(
  path: string,
  { runs, seed, set }: Pick<FactsArguments, 'runs' | 'seed' | 'set'>,
): MarketExperiment {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const experiment = isFolder
    ? readOrder(path).experiment
    : readExperiment(path, {
        sets: set,
        ...(runs === undefined ? {} : { runs }),
        ...(seed === undefined ? {} : { seed }),
      });
  if (experiment.model !== 'market')
    throw new UsageError(`${path}: facts are of a simulated market, and this is a ${experiment.model}`);
  if (isFolder && set.length > 0) throw new UsageError('--set: only with an experiment file');
  return isFolder
    ? { ...experiment, runs: runs ?? experiment.runs, seed: seed ?? experiment.seed }
    : experiment;
}
