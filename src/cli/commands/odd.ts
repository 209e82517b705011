/** `unwind odd FILE`: an experiment as the ODD protocol describes models. */
import type { CommandModule } from 'yargs';
import { oddOf } from '../../lab/odd.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { UsageError } from '../usage-error.ts';

interface OddArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
}

export const oddCommand: CommandModule<object, OddArguments> = {
  command: 'odd <file>',
  describe: 'Describes an experiment by the ODD protocol, as Markdown',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file (YAML)' })
      .options(settingOptions('policy and shock'))
      .epilogue(closing([['npx unwind odd experiments/market.yaml', 'The market without leverage']])),
  handler(args) {
    const experiment = experimentOf(args.file, args);
    if (experiment.model !== 'market' && experiment.model !== 'rare_market')
      throw new UsageError(`${args.file}: only a simulated market is described so`);
    process.stdout.write(`${oddOf(experiment)}\n`);
  },
};
