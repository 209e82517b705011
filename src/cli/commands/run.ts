/** `unwind run FILE`: runs an experiment. */
import { availableParallelism } from 'node:os';
import type { CommandModule } from 'yargs';
import type { Experiment } from '../../lab/experiment/index.ts';
import { readExperiment } from '../../lab/experiment/index.ts';
import { runExperiment } from '../../lab/run.ts';
import { showProgress } from '../progress.ts';
import { printOutcome } from '../report/outcome.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { asCapacityError } from '../capacity.ts';
import { cellCount } from '../cells.ts';

interface RunArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  workers: number;
  set: string[];
  out: string | undefined;
  json: boolean;
  record: string | undefined;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <file>',
  describe: 'Runs an experiment file; progress on stderr, results on stdout and in a folder',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file (YAML)' })
      .option('runs', { type: 'number', describe: 'Runs of each policy and shock, instead of the file’s' })
      .option('seed', { type: 'string', describe: 'Seed, instead of the file’s' })
      .option('workers', { type: 'number', default: availableParallelism(), describe: 'Worker threads' })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'Changes a setting: path=value (repeatable)',
      })
      .option('out', { type: 'string', describe: 'Results folder (default: results/NAME/DATE-HASH)' })
      .option('record', {
        type: 'string',
        describe: 'Runs that also write their audit journal, for unwind verify: 0 or 0,3',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One JSON document on stdout, nothing else',
      })
      .example('$0 run experiments/lcst.yaml', 'The liquidation cascade stress test')
      .example('$0 run experiments/lcst.yaml --runs 100 --set shock.notional=60e6', 'More runs of one shock')
      .check(({ workers }) => {
        if (!Number.isInteger(workers) || workers < 1)
          throw new UsageError('--workers: needs a whole number from 1');
        return true;
      }),
  async handler(args) {
    const experiment = readExperiment(args.file, {
      sets: args.set,
      ...(args.runs === undefined ? {} : { runs: args.runs }),
      ...(args.seed === undefined ? {} : { seed: args.seed }),
    });
    const audited = recordedRuns(args.record, experiment);
    const progress = showProgress(cellCount(experiment) * experiment.runs);
    try {
      const outcome = await runExperiment(experiment, {
        workers: args.workers,
        out: args.out,
        audited,
        version,
        command: `unwind ${process.argv.slice(2).join(' ')}`,
        onProgress: (done) => {
          progress.update(done);
        },
      });
      progress.stop();
      printOutcome(experiment, outcome, args.json);
    } catch (error) {
      progress.stop();
      throw asCapacityError(error, args.file, experiment.model);
    }
  },
};

/** What an experiment uses that moves money or positions in ways the journal has no rows for. */
function beyondTheAudit(experiment: Extract<Experiment, { model: 'market' }>): string | undefined {
  if (experiment.assets.length > 0) return 'collateral assets';
  const { latency, latencies } = experiment;
  const delays = JSON.stringify(latency);
  if (Object.values(latencies).some((own) => JSON.stringify(own) !== delays)) return 'latencies of a policy';
  for (const { ladder, unwind } of Object.values(experiment.policies)) {
    if (unwind !== undefined) return 'the unwinding of what fund and vault took over';
    if (typeof ladder !== 'string' && ladder.some(({ rung }) => rung === 'auction'))
      return 'liquidation auctions';
  }
  return undefined;
}

/** Numbers of the runs that `--record` names. */
function recordedRuns(written: string | undefined, experiment: Experiment): number[] {
  const { model, runs } = experiment;
  if (written === undefined) return [];
  if (model !== 'market') throw new UsageError('--record: only runs of a simulated market have a journal');
  const beyond = beyondTheAudit(experiment);
  if (beyond !== undefined) throw new UsageError(`--record: the journal does not cover ${beyond} yet`);
  return [...new Set(written.split(','))].map((text) => {
    const run = Number(text);
    if (/^\d+$/.test(text) && run < runs) return run;
    throw new UsageError(
      `--record ${written}: needs numbers of runs from 0 to ${runs - 1}, such as 0 or 0,1`,
    );
  });
}
