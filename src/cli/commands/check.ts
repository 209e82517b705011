/** `unwind check FILE`: reads an experiment with all its data, and says what it is, or all that is wrong with it. */
import type { CommandModule } from 'yargs';
import { experimentProblems } from '../../design/experiment-problems.ts';
import type { Experiment } from '../../models/experiment.ts';
import { ExperimentProblems } from '../../models/experiment.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { jsonFlag } from '../options.ts';
import { experimentFacts, factsReport } from '../report/check.ts';
import { tell } from '../tell.ts';

interface CheckArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
  json: boolean;
}

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <file>',
  describe: 'Tells all that is wrong with an experiment file and its data, or what it is; makes no run',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file (YAML)' })
      .options(settingOptions('policy and shock'))
      .option('json', jsonFlag)
      .epilogue(
        closing(
          [
            [
              'npx unwind check experiments/lcst.yaml',
              'Runs, accounts, policies, shocks and files of an experiment',
            ],
          ],
          'Exit code 0 where nothing is wrong, 1 otherwise.',
        ),
      ),
  handler(args) {
    const { file, json } = args;
    const { experiment, problems } = examined(args);
    if (problems.length > 0 || experiment === undefined) {
      process.exitCode = 1;
      if (json) process.stdout.write(`${JSON.stringify({ ok: false, file, problems }, null, 2)}\n`);
      else tell(problems.join('\n'));
      return;
    }
    const facts = experimentFacts(experiment);
    process.stdout.write(
      json ? `${JSON.stringify({ ok: true, ...facts }, null, 2)}\n` : `${factsReport(facts)}\n`,
    );
  },
};

interface Examined {
  readonly experiment?: Experiment;
  readonly problems: readonly string[];
}

function examined(args: CheckArguments): Examined {
  try {
    const experiment = experimentOf(args.file, args);
    return { experiment, problems: experimentProblems(experiment).map(({ message }) => message) };
  } catch (error) {
    if (error instanceof ExperimentProblems)
      return { problems: error.problems.map(({ message }) => message) };
    throw error;
  }
}
