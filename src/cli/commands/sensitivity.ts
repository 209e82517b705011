/** `unwind sensitivity FILE`: how much each setting of an experiment moves its results. */
import type { CommandModule } from 'yargs';
import { designs } from '../designs.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag } from '../options.ts';
import type { WorkArguments } from '../working.ts';

interface SensitivityArguments extends WorkArguments, SettingArguments {
  file: string;
  out: string | undefined;
  json: boolean;
}

export const sensitivityCommand: CommandModule<object, SensitivityArguments> = {
  command: 'sensitivity <file>',
  describe: 'Varies settings over their ranges: Sobol indices, or a Sobol, Latin hypercube or grid design',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'Experiment file with a block sensitivity',
      })
      .options(experimentOptions('point', 'results/NAME/sensitivity-DATE', 'sensitivity.points=256'))
      .option('json', jsonFlag)
      .epilogue(
        closing([
          ['npx unwind sensitivity experiments/sensitivity.yaml', 'What a cascade’s size depends on'],
        ]),
      ),
  async handler(args) {
    const experiment = experimentOf(args.file, args);
    await (await designs.sensitivity()).run(experiment, args);
  },
};
