/** `unwind tune FILE`: searches an experiment's own settings for better ones. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag, jsonFlag } from '../options.ts';
import { PointPool } from '../../design/points/evaluate.ts';
import type { Experiment } from '../../models/experiment.ts';
import { TuneSession } from '../../design/tune/session.ts';
import { TuneSetup } from '../../design/tune/setup.ts';
import { DEFAULT_LIMITS } from '../../lab/plan/limits.ts';
import { designs } from '../designs.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { limitsOf } from '../run-limits.ts';
import { standardInput } from '../standard-input.ts';
import type { WorkArguments } from '../working.ts';
import { writeTo } from '../written.ts';

interface TuneArguments extends WorkArguments, SettingArguments {
  file: string;
  out: string | undefined;
  json: boolean;
  'ask-tell': boolean;
}

const EPILOGUE = `The file's block tune says which settings may be changed, within which ranges, which metrics are wanted small or large,
and how many points may be evaluated. Every point meets the same seeds; the best are run again on fresh seeds, beside the
file's policies as they stand, and that is what is reported.

--ask-tell: a JSON document a line in, one out. First comes what may be changed. Then
  {"evaluate": [{"policies.mine.margin.leverage": 12.5}], "runs": 40}
    runs points (runs, and "seed", if wanted)
  {"ask": 3}
    points that the search would evaluate next
  {"tell": [{"point": {…}, "objectives": {"bad_debt": 1e6}}]}
    what they gave, from wherever
  {"frontier": true}
    the best points known
What is evaluated on the experiment's own seeds and runs is told to the search as well. A line that is wrong is answered by
{"error": "…"}. No folder is written, and there is nothing to resume: tell a new conversation what the old one knew.`;

export const tuneCommand: CommandModule<object, TuneArguments> = {
  command: 'tune <file>',
  describe:
    'Searches for settings on the frontier of cost against safety; or lends its two halves to other programs',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'Experiment file with a block tune',
      })
      .options(experimentOptions('point', 'results/NAME/tune-DATE', 'tune.budget=100'))
      .option('json', jsonFlag)
      .option('ask-tell', flag('Answers JSON lines from stdin: see below'))
      .epilogue(
        closing([['npx unwind tune experiments/tune.yaml', 'A leverage limit and a grace period']], EPILOGUE),
      ),
  async handler(args) {
    const experiment = experimentOf(args.file, args);
    if (args['ask-tell']) await converse(experiment, args);
    else await (await designs.tune()).run(experiment, args);
  },
};

async function converse(experiment: Experiment, args: WorkArguments): Promise<void> {
  const setup = new TuneSetup(experiment);
  const pool = new PointPool(experiment, args.workers, { limits: { ...DEFAULT_LIMITS, ...limitsOf(args) } });
  const session = new TuneSession(setup, pool);
  const write = (document: object): Promise<void> => writeTo(process.stdout, `${JSON.stringify(document)}\n`);
  try {
    await write(session.greeting());
    for await (const line of createInterface({ input: Readable.from(standardInput()) })) {
      const text = line.trim(); // of a byte-order mark, too
      if (text !== '') await write(await session.answer(text));
    }
  } finally {
    await pool.close();
  }
}
