/** `unwind compare FILE|DIR`: which policy is better, by how much, at what cost. */
import { existsSync, statSync } from 'node:fs';
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { text, jsonFlag, noReportFlag, plugInsFlag } from '../options.ts';
import type { Comparison } from '../../models/compare/index.ts';
import { compareFolder, keepComparison } from '../../lab/kept-results.ts';
import { runExperiment } from '../../lab/run.ts';
import { designs } from '../designs.ts';
import { asPlaced } from '../placed.ts';
import { leaveReport } from '../page/leave-report.ts';
import { busy } from '../progress.ts';
import { compareReport } from '../report/compare.ts';
import { nextLines } from '../report/next.ts';
import { tellData } from '../data-notes.ts';
import { wrapped } from '../report/text.ts';
import { widthOf } from '../report/width.ts';
import type { SettingArguments } from '../experiment-options.ts';
import { experimentOf, experimentOptions } from '../experiment-options.ts';
import { UsageError } from '../usage-error.ts';
import { failOnLosses, interruptible } from '../working.ts';
import type { WorkArguments } from '../working.ts';

interface CompareArguments extends WorkArguments, SettingArguments {
  target: string;
  baseline: string | undefined;
  markets: string | undefined;
  out: string | undefined;
  'no-report': boolean;
  json: boolean;
}

const COMPARING = 'comparing every two policies';

const EPILOGUE = `Every two policies on the same seeds: difference of means, and of absorption capacities, 95 % interval (bootstrap over runs; of
P(cascade) Tango's score interval), and P corrected for all pairs and metrics of a shock (Holm). Then the frontier of cost against safety, with who
dominates whom. --markets: many plausible markets instead of one, which a calibration has left possible: for each metric the ranking of
the policies, in how many markets it is the same, and which settings of the market the difference of two of them depends on. Of a file, the runs are kept like those of unwind run, with the whole comparison in comparison.json.`;

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <target>',
  describe: 'Compares policies: paired differences of every two, and the frontier of cost against safety',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'Experiment file (YAML), or a results folder',
      })
      .options(experimentOptions('policy and shock', 'results/NAME/DATE-HASH'))
      .option(
        'markets',
        text(
          'markets',
          'Ranks policies on draws of this posterior: a file, or a name in experiments/posterior',
        ),
      )
      .option('baseline', text('baseline', 'Print differences to this policy only'))
      .option('no-report', noReportFlag)
      .option('json', jsonFlag)
      .option('plugins', plugInsFlag)
      .epilogue(
        closing(
          [
            ['npx unwind compare experiments/lcst.yaml', 'Runs it, and compares its policies'],
            ['npx unwind compare experiments/lcst.yaml --markets posterior', 'Which rankings are robust'],
            ['npx unwind compare out --baseline binance', 'Of runs that are there, in a folder out'],
          ],
          EPILOGUE,
        ),
      ),
  async handler(args) {
    if (args.markets !== undefined) {
      await onMarkets(args, args.markets);
      return;
    }
    const { folder, question, comparison } =
      existsSync(args.target) && statSync(args.target).isDirectory()
        ? await ofFolder(args)
        : await ofFile(args);
    if (args.json) {
      process.stdout.write(`${JSON.stringify({ question, folder, ...comparison }, null, 2)}\n`);
      return;
    }
    const report = compareReport(comparison, args.baseline);
    const heading = pc.bold(wrapped(question, widthOf(process.stdout)));
    const next = nextLines(folder, [
      ['the policies’ own results', 'resume', folder],
      ['a report of them, in one file', 'report', folder],
      ['tables and columns, to be asked in SQL', 'query', folder],
    ]);
    process.stdout.write(`${[heading, report, ...next].join('\n')}\n`);
  },
};

interface Compared {
  readonly folder: string;
  readonly question: string;
  readonly comparison: Comparison;
}

async function ofFile(args: CompareArguments): Promise<Compared> {
  const experiment = experimentOf(args.target, args);
  if (experiment.model !== 'market') throw new UsageError(`${args.target}: has no policies to compare`);
  checkBaseline(args.baseline, Object.keys(experiment.policies));
  const command = `unwind ${process.argv.slice(2).join(' ')}`;
  try {
    const outcome = await interruptible(args, (options) =>
      runExperiment(experiment, { ...options, out: args.out, command }),
    );
    const { folder, manifest } = outcome;
    failOnLosses(manifest);
    tellData(experiment);
    const compared = await busy(COMPARING, () => compareFolder(folder));
    keepComparison(folder, compared.comparison);
    if (!args['no-report']) await leaveReport(outcome, true);
    return { folder, ...compared };
  } catch (error) {
    throw asPlaced(error, experiment);
  }
}

/** On many plausible markets instead of on the file's own. */
async function onMarkets({ target, baseline, ...args }: CompareArguments, posterior: string): Promise<void> {
  if (existsSync(target) && statSync(target).isDirectory())
    throw new UsageError(
      `${target}: --markets needs an experiment file; go on with a folder by unwind resume`,
    );
  if (baseline !== undefined)
    throw new UsageError('--baseline: not with --markets, which ranks all policies');
  const set = [...args.set, `markets.posterior=${JSON.stringify(posterior)}`];
  await (await designs.markets()).run(experimentOf(target, { ...args, set }), args);
}

async function ofFolder({ target, baseline, runs, seed, set, out }: CompareArguments): Promise<Compared> {
  if (runs !== undefined || seed !== undefined || set.length > 0 || out !== undefined) {
    throw new UsageError(
      `${target}: a results folder is compared as it is; --runs, --seed, --set, --out need a file`,
    );
  }
  const compared = await busy(COMPARING, () => compareFolder(target));
  checkBaseline(
    baseline,
    compared.comparison.frontier.blocks[0]!.rows.map(({ policy }) => policy),
  );
  return { folder: target, ...compared };
}

function checkBaseline(baseline: string | undefined, policies: readonly string[]): void {
  if (baseline === undefined || policies.includes(baseline)) return;
  throw new UsageError(`--baseline ${baseline}: there is no such policy; there are ${policies.join(', ')}`);
}
