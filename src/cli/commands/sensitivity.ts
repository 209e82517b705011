/** `unwind sensitivity FILE`: how much each setting of an experiment moves its results. */
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import { PointPool } from '../../lab/design/evaluate.ts';
import type { PointColumn } from '../../lab/design/output.ts';
import { checkOut, writeDesign } from '../../lab/design/output.ts';
import { readExperiment } from '../../lab/experiment/index.ts';
import type { SensitivityResult } from '../../lab/sensitivity/sensitivity.ts';
import { Sensitivity } from '../../lab/sensitivity/sensitivity.ts';
import { showProgress } from '../progress.ts';
import { sensitivityReport } from '../report/sensitivity.ts';
import { experimentOptions } from '../experiment-options.ts';
import { version } from '../version.ts';

interface SensitivityArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  workers: number;
  set: string[];
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
      .option('json', { type: 'boolean', default: false, describe: 'One JSON document on stdout' })
      .example('$0 sensitivity experiments/sensitivity.yaml', 'What a cascade’s size depends on'),
  async handler(args) {
    checkOut(args.out);
    const experiment = readExperiment(args.file, {
      sets: args.set,
      ...(args.runs === undefined ? {} : { runs: args.runs }),
      ...(args.seed === undefined ? {} : { seed: args.seed }),
    });
    const analysis = new Sensitivity(experiment);
    const pool = new PointPool({ file: args.file, sets: args.set }, args.workers);
    const started = performance.now();
    const progress = showProgress(analysis.size * experiment.runs);
    let points = 0;
    let result: SensitivityResult;
    try {
      result = await analysis.run(pool, () => {
        progress.update(++points * experiment.runs);
      });
    } finally {
      progress.stop();
      await pool.close();
    }
    const folder = writeDesign({
      kind: 'sensitivity',
      experiment,
      version,
      command: `unwind ${process.argv.slice(2).join(' ')}`,
      seconds: (performance.now() - started) / 1000,
      out: args.out,
      columns: columnsOf(result),
      result: summaryOf(result),
    });
    const text = args.json
      ? JSON.stringify({ question: experiment.question, folder, ...summaryOf(result) }, null, 2)
      : [pc.bold(experiment.question), sensitivityReport(result), folder].join('\n');
    process.stdout.write(`${text}\n`);
  },
};

/** All but the points, which are rows of points.parquet. */
function summaryOf({ points, outputs, ...rest }: SensitivityResult): object {
  return { ...rest, size: points.length, outputs: outputs.map(({ means: _, ...output }) => output) };
}

function columnsOf({ parameters, points, outputs }: SensitivityResult): PointColumn[] {
  return [
    ...parameters.map(({ path, unit }) => ({
      name: path,
      unit,
      about: 'Setting of the point.',
      values: points.map((point) => point[path]!),
    })),
    ...outputs.map(({ output, unit, means }) => ({
      name: output,
      unit,
      about: 'Mean of the point’s runs and shocks.',
      values: means,
    })),
  ];
}
