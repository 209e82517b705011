/** `unwind run FILE`: runs an experiment. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { text, whole, jsonFlag, noReportFlag, wideFlag } from '../options.ts';
import type { Experiment } from '../../models/experiment.ts';
import { runExperiment } from '../../lab/run.ts';
import type { OnlyRun } from '../../lab/plan/plan.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { UsageError } from '../usage-error.ts';
import { leaveReport } from '../page/leave-report.ts';
import { working } from '../working.ts';
import type { WorkArguments } from '../working.ts';
import { asPlaced } from '../placed.ts';
import { cellCount } from '../cells.ts';

interface RunArguments extends WorkArguments, SettingArguments {
  file: string;
  out: string | undefined;
  json: boolean;
  wide: boolean;
  'no-report': boolean;
  record: string | undefined;
  'only-run': number | undefined;
  'only-cell': number | undefined;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <file>',
  describe: 'Runs an experiment file; progress on stderr, results on stdout and in a folder',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file (YAML)' })
      .options(experimentOptions('policy and shock', 'results/NAME/DATE-HASH'))
      .option(
        'record',
        text('record', 'Runs that also write their audit journal, for unwind verify: 0 or 0,3'),
      )
      .option(
        'only-run',
        whole('only-run', 'Makes this run alone, to see it (or its failure) again', { from: 0 }),
      )
      .option(
        'only-cell',
        whole('only-cell', 'With --only-run: in this cell alone, numbered from 0', { from: 0 }),
      )
      .option('wide', wideFlag)
      .option('no-report', noReportFlag)
      .option('json', jsonFlag)
      .epilogue(
        closing([
          ['npx unwind run experiments/lcst.yaml', 'The liquidation cascade stress test'],
          [
            'npx unwind run experiments/lcst.yaml --runs 100 --set shock.change=-0.04',
            'More runs of one shock',
          ],
        ]),
      ),
  async handler(args) {
    const { file, out, json } = args;
    const experiment = experimentOf(file, args);
    const audited = recordedRuns(args.record, experiment);
    const only = onlyRun(args['only-run'], args['only-cell'], experiment);
    const command = `unwind ${process.argv.slice(2).join(' ')}`;
    const stacks: string[] = [];
    try {
      const outcome = await working(
        { json, wide: args.wide },
        args,
        (options) => runExperiment(experiment, { ...options, out, audited, only, command }),
        (failure) => stacks.push(failure.stack),
      );
      if (!args['no-report'] && only === undefined) await leaveReport(outcome, json);
      // Of a run that is made to see it fail; of others the replay command is in the results.
      if (only !== undefined) stacks.forEach((stack) => process.stderr.write(`${stack}\n`));
    } catch (error) {
      throw asPlaced(error, experiment);
    }
  },
};

function onlyRun(
  run: number | undefined,
  cell: number | undefined,
  experiment: Experiment,
): OnlyRun | undefined {
  if (run === undefined) {
    if (cell !== undefined) throw new UsageError('--only-cell: needs --only-run');
    return undefined;
  }
  const cells = cellCount(experiment);
  if (cell !== undefined && cell >= cells)
    throw new UsageError(`--only-cell ${cell}: needs a whole number from 0 to ${cells - 1}`);
  return { run, cell };
}

/** Numbers of the runs that `--record` names. */
function recordedRuns(written: string | undefined, { model, runs }: Experiment): number[] {
  if (written === undefined) return [];
  if (model !== 'market') throw new UsageError('--record: only runs of a simulated market have a journal');
  return [...new Set(written.split(','))].map((text) => {
    const run = Number(text);
    if (/^\d+$/.test(text) && run < runs) return run;
    throw new UsageError(
      `--record ${written}: needs numbers of runs from 0 to ${runs - 1}, such as 0 or 0,1`,
    );
  });
}
