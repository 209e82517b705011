/** `unwind facts FILE|DIR`: does this market behave as real ones do? */
import { statSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import type { Experiment, MarketExperiment } from '../../models/experiment.ts';
import { scorecard } from '../../lab/scorecard/facts.ts';
import type { Observed } from '../../scorecard/facts/observe.ts';
import { neededRuns } from '../../lab/work/needed-runs.ts';
import { readOrder } from '../../lab/store/order.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag, workersOption, plugInsFlag } from '../options.ts';
import { factsReport } from '../report/facts.ts';
import { limitOptions } from '../run-limits.ts';
import { UsageError } from '../usage-error.ts';
import type { WorkArguments } from '../working.ts';
import { interruptible } from '../working.ts';

interface FactsArguments extends WorkArguments, SettingArguments {
  path: string;
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
      .options({ ...settingOptions('market'), workers: workersOption, ...limitOptions, json: jsonFlag })
      .option('plugins', plugInsFlag)
      .epilogue(
        closing([
          ['npx unwind facts experiments/market.yaml', 'The market without leverage'],
          ['npx unwind facts experiments/market.yaml --seed fresh', 'On other luck'],
        ]),
      ),
  async handler(args) {
    const experiment = marketOf(args);
    const runs = await interruptible(args, (options) => neededRuns<Observed>('facts', experiment, options));
    const card = scorecard(experiment, runs);
    process.stdout.write(args.json ? `${JSON.stringify(card, null, 2)}\n` : `${factsReport(card)}\n`);
    if (card.held < card.facts.length) process.exitCode = 1;
  },
};

function marketOf(args: FactsArguments): MarketExperiment {
  const { path, runs, seed, set } = args;
  let experiment: Experiment;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    if (set.length > 0) throw new UsageError('--set: only with an experiment file');
    const { experiment: kept } = readOrder(path);
    experiment = { ...kept, runs: runs ?? kept.runs, seed: seed ?? kept.seed };
  } else experiment = experimentOf(path, args);
  if (experiment.model === 'market') return experiment;
  throw new UsageError(`${path}: facts are of a simulated market, and this is a model of another kind`);
}
