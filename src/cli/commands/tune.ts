/** `unwind tune FILE`: searches an experiment's own settings for better ones. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import type { PointColumn } from '../../lab/design/output.ts';
import { checkOut, writeDesign } from '../../lab/design/output.ts';
import { PointPool } from '../../lab/design/evaluate.ts';
import { readExperiment } from '../../lab/experiment/index.ts';
import { TuneSession } from '../../lab/tune/session.ts';
import { TuneSetup } from '../../lab/tune/setup.ts';
import type { TuneResult } from '../../lab/tune/tune.ts';
import { tune } from '../../lab/tune/tune.ts';
import { endWithReader } from '../line-stream.ts';
import { showProgress } from '../progress.ts';
import { tuneReport } from '../report/tune.ts';
import { experimentOptions } from '../experiment-options.ts';
import { version } from '../version.ts';

interface TuneArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  workers: number;
  set: string[];
  out: string | undefined;
  json: boolean;
  'ask-tell': boolean;
}

const EPILOGUE = `The file's block tune says which settings may be changed, within which ranges, which metrics are wanted small or large,
and how many points may be evaluated. Every point meets the same seeds; the best are run again on fresh seeds, beside the
file's policies as they stand, and that is what is reported.

--ask-tell: a JSON document a line in, one out. First comes what may be changed. Then
  {"evaluate": [{"policies.mine.margin.leverage": 12.5}], "runs": 40, "seed": "other"}   runs points (runs, seed: if wanted)
  {"ask": 3}                                                      points that the search would evaluate next
  {"tell": [{"point": {…}, "objectives": {"bad_debt": 1e6}}]}     what they gave, from wherever
  {"frontier": true}                                              the best points known
What is evaluated on the experiment's own seeds and runs is told to the search as well. A line that is wrong is answered by
{"error": "…"}.`;

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
      .option('json', { type: 'boolean', default: false, describe: 'One JSON document on stdout' })
      .option('ask-tell', {
        type: 'boolean',
        default: false,
        describe: 'Answers JSON lines from stdin: see below',
      })
      .example('$0 tune experiments/tune.yaml', 'A leverage limit and a grace period')
      .epilogue(EPILOGUE),
  async handler(args) {
    checkOut(args.out);
    const experiment = readExperiment(args.file, {
      sets: args.set,
      ...(args.runs === undefined ? {} : { runs: args.runs }),
      ...(args.seed === undefined ? {} : { seed: args.seed }),
    });
    const overrides = args.runs === undefined ? args.set : [...args.set, `runs=${args.runs}`];
    const pool = new PointPool({ file: args.file, sets: overrides }, args.workers);
    try {
      const setup = new TuneSetup(experiment, pool);
      if (args['ask-tell']) await converse(setup);
      else await search(setup, args);
    } finally {
      await pool.close();
    }
  },
};

async function search(setup: TuneSetup, args: TuneArguments): Promise<void> {
  const { experiment, budget, block } = setup;
  const started = performance.now();
  const progress = showProgress((budget + block.finalists) * experiment.runs);
  let points = 0;
  let result: TuneResult;
  try {
    result = await tune(setup, () => {
      progress.update(++points * experiment.runs);
    });
  } finally {
    progress.stop();
  }
  const folder = writeDesign({
    kind: 'tune',
    experiment,
    version,
    command: `unwind ${process.argv.slice(2).join(' ')}`,
    seconds: (performance.now() - started) / 1000,
    out: args.out,
    columns: columnsOf(result),
    result: { ...result, points: result.points.length },
  });
  const text = args.json
    ? JSON.stringify({ question: experiment.question, folder, ...result }, null, 2)
    : [pc.bold(experiment.question), tuneReport(result), folder].join('\n');
  process.stdout.write(`${text}\n`);
}

/** Parameters, then value and interval of each objective. */
function columnsOf({ parameters, objectives, points }: TuneResult): PointColumn[] {
  return [
    ...parameters.map(({ path, unit }) => ({
      name: path,
      unit,
      about: 'Setting of the point.',
      values: points.map(({ point }) => point[path]!),
    })),
    ...objectives.flatMap(({ metric }) =>
      (['value', 'low', 'high'] as const).map((part) => ({
        name: part === 'value' ? metric : `${metric}_${part}`,
        unit: '',
        about: part === 'value' ? 'Objective: mean over shocks.' : `${part} end of its 95 % interval.`,
        values: points.map((one) => one.objectives[metric]![part]),
      })),
    ),
  ];
}

async function converse(setup: TuneSetup): Promise<void> {
  endWithReader(process.stdout);
  const session = new TuneSession(setup);
  const write = async (document: object): Promise<void> => {
    if (!process.stdout.write(`${JSON.stringify(document)}\n`)) await once(process.stdout, 'drain');
  };
  await write(session.greeting());
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') await write(await session.answer(line));
  }
}
