/** `unwind response FILE`: how does this market answer to trades and to falls elsewhere? */
import type { CommandModule } from 'yargs';
import type { Responses } from '../../lab/response/observe.ts';
import { responderOf, responseCard } from '../../lab/response/index.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag } from '../options.ts';
import { showProgress } from '../progress.ts';
import { responseReport } from '../report/response.ts';
import { UsageError } from '../usage-error.ts';

interface ResponseArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
  json: boolean;
}

export const responseCommand: CommandModule<object, ResponseArguments> = {
  command: 'response <file>',
  describe: 'Trades in a market and moves the price elsewhere, and judges what it answers',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file' })
      .options({ ...settingOptions('market'), json: jsonFlag })
      .epilogue(
        closing([
          ['npx unwind response experiments/market.yaml', 'Impact, its decay, splitting, recovery'],
          ['npx unwind response experiments/market.yaml --runs 4', 'Sooner, and less exactly'],
        ]),
      ),
  handler(args) {
    const experiment = experimentOf(args.file, args);
    if (experiment.model !== 'market')
      throw new UsageError(
        `${args.file}: only a simulated market answers, and this is a model of another kind`,
      );
    const responder = responderOf(experiment);
    const progress = showProgress(experiment.runs);
    const runs: Responses[] = [];
    for (let run = 0; run < experiment.runs; run++) {
      runs.push(responder.run(`${experiment.seed}/${run}`));
      progress.update(run + 1);
    }
    progress.stop();
    const card = responseCard(experiment, runs);
    process.stdout.write(args.json ? `${JSON.stringify(card, null, 2)}\n` : `${responseReport(card)}\n`);
    if (card.held < card.answers.length) process.exitCode = 1;
  },
};
