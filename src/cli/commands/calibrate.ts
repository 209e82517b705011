/** `unwind calibrate FILE|DIR`: which settings real data leave possible. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandModule } from 'yargs';
import { designIn } from '../../lab/store/order.ts';
import { designs } from '../designs.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag, text } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { WorkArguments } from '../working.ts';

interface CalibrateArguments extends WorkArguments, SettingArguments {
  target: string;
  out: string | undefined;
  posterior: string | undefined;
  json: boolean;
}

const EPILOGUE = `The file's block calibrate says which settings are fitted within which ranges, and to which numbers of real markets, each with
its error; numbers can be measured on data files, by the estimators of unwind facts. Markets are drawn evenly from the ranges;
what is left possible (the posterior) follows from them by approximate Bayesian computation. First each drawn market takes the
place of the data, which shows which settings come back. --posterior writes the draws as a file for unwind compare --markets.`;

export const calibrateCommand: CommandModule<object, CalibrateArguments> = {
  command: 'calibrate <target>',
  describe:
    'Fits settings to numbers of real markets: what they leave possible, and what they do not identify',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'Experiment file with a block calibrate, or the results folder of a calibration',
      })
      .options(experimentOptions('market', 'results/NAME/calibrate-DATE', 'calibrate.points=800'))
      .option('posterior', text('posterior', 'Writes the draws of plausible markets to this file (YAML)'))
      .option('json', jsonFlag)
      .epilogue(
        closing(
          [
            ['npx unwind calibrate experiments/calibrate.yaml', 'The market without leverage'],
            ['npx unwind calibrate out --posterior mine.yaml', 'Draws of a calibration in a folder out'],
          ],
          EPILOGUE,
        ),
      ),
  async handler({ target, posterior, ...args }) {
    if (posterior !== undefined) requireWritable(posterior);
    const work = await designs.calibrate(posterior);
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() !== true) {
      await work.run(experimentOf(target, args), args);
      return;
    }
    const { runs, seed, set, out } = args;
    if (runs !== undefined || seed !== undefined || set.length > 0 || out !== undefined)
      throw new UsageError(
        `${target}: a results folder is told as it is; --runs, --seed, --set, --out need a file`,
      );
    const holds = designIn(target);
    if (holds !== 'calibrate')
      throw new UsageError(
        `${target}: holds no calibration; needs one, or an experiment file with a block calibrate`,
      );
    await work.resume(target, args, (file, what) => {
      process.stderr.write(`${file} ${what}; it is made anew\n`);
    });
  },
};

/** Before any work: what is found out in hours must not get lost over a folder that is not there. */
function requireWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT' ? `there is no folder ${dirname(file)}` : `cannot write into ${dirname(file)}`;
    throw new UsageError(`--posterior ${file}: ${what}`);
  }
}
