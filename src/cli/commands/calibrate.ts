/** `unwind calibrate FILE|DIR`: which settings real data leave possible. */
import { statSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { designs } from '../design.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag, text } from '../options.ts';
import type { WorkArguments } from '../working.ts';

interface CalibrateArguments extends WorkArguments {
  target: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
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
    const work = await designs.calibrate(posterior);
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() !== true)
      await work.run(experimentOf(target, args), args);
    else
      await work.resume(target, args, (file, what) => {
        process.stderr.write(`${file} ${what}; it is made anew\n`);
      });
  },
};
