/** `unwind response FILE`: how does this market answer to trades and to falls elsewhere? */
import type { CommandModule } from 'yargs';
import { neededRuns } from '../../lab/work/needed-runs.ts';
import type { Responses } from '../../scorecard/response/observe.ts';
import { responseCard } from '../../lab/scorecard/response.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag, workersOption } from '../options.ts';
import { responseReport } from '../report/response.ts';
import { limitOptions } from '../run-limits.ts';
import { UsageError } from '../usage-error.ts';
import type { WorkArguments } from '../working.ts';
import { interruptible } from '../working.ts';

interface ResponseArguments extends WorkArguments, SettingArguments {
  file: string;
  json: boolean;
}

export const responseCommand: CommandModule<object, ResponseArguments> = {
  command: 'response <file>',
  describe: 'Trades in a market and moves the price elsewhere, and judges what it answers',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file' })
      .options({ ...settingOptions('market'), workers: workersOption, ...limitOptions, json: jsonFlag })
      .epilogue(
        closing([
          ['npx unwind response experiments/market.yaml', 'Impact, its decay, splitting, recovery'],
          ['npx unwind response experiments/market.yaml --runs 4', 'Sooner, and less exactly'],
        ]),
      ),
  async handler(args) {
    const experiment = experimentOf(args.file, args);
    if (experiment.model !== 'market')
      throw new UsageError(
        `${args.file}: only a simulated market answers, and this is a model of another kind`,
      );
    const runs = await interruptible(args, (options) =>
      neededRuns<Responses>('response', experiment, options),
    );
    const card = responseCard(experiment, runs);
    process.stdout.write(args.json ? `${JSON.stringify(card, null, 2)}\n` : `${responseReport(card)}\n`);
    if (card.held < card.answers.length) process.exitCode = 1;
  },
};
