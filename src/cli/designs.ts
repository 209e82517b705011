/** What `unwind tune`, `sensitivity` and `calibrate` share, and `unwind resume` of their folders: the work, and what is printed. */
import pc from 'picocolors';
import type { Design } from '../design/points/design.ts';
import type { Experiment } from '../models/experiment.ts';
import type { Resumed, ResumeOptions, WorkOptions } from '../lab/run.ts';
import type { DesignOutcome } from '../design/run-design.ts';
import { resumeDesign, runDesign } from '../design/run-design.ts';
import type { SensitivityResult } from '../design/sensitivity/sensitivity.ts';
import { sensitivityDesign, summaryOf } from '../design/sensitivity/sensitivity-design.ts';
import { shellCommand } from '../lab/store/shell-command.ts';
import { tellData } from './data-notes.ts';
import { calibrateReport } from './report/calibrate.ts';
import { failureLines } from './report/failures.ts';
import { marketsReport } from './report/markets.ts';
import { nextLines } from './report/next.ts';
import { sensitivityReport } from './report/sensitivity.ts';
import { wrapped } from './report/text.ts';
import { tuneReport } from './report/tune.ts';
import { widthOf } from './report/width.ts';
import type { WorkArguments } from './working.ts';
import { failOnFailedPoints, interruptible } from './working.ts';

interface DesignWork {
  run(
    experiment: Experiment,
    args: WorkArguments & { out: string | undefined; json: boolean },
  ): Promise<void>;
  resume(
    dir: string,
    args: WorkArguments & { json: boolean },
    onDamage: ResumeOptions['onDamage'],
  ): Promise<Resumed | undefined>;
}

export const designs = {
  /** Loaded when it is used: the search's package takes long to start. */
  async tune() {
    const { tuneDesign } = await import('../design/tune/tune-design.ts');
    return designWork(tuneDesign, tuneReport, (result) => result);
  },
  sensitivity: () => Promise.resolve(designWork(sensitivityDesign, sensitivityOf, summaryOf)),
  /** `posterior`: a file for its draws. */
  async calibrate(posterior?: string) {
    const { calibrateDesign, summaryOf: calibrateSummary } =
      await import('../design/calibrate/calibrate-design.ts');
    const { writePosterior } = await import('../design/calibrate/posterior-file.ts');
    return designWork(calibrateDesign, calibrateReport, calibrateSummary, (result, experiment) => {
      if (posterior !== undefined)
        writePosterior(posterior, result, { made_by: calibrateCommandOf(experiment), seed: experiment.seed });
    });
  },
  async markets() {
    const { marketsDesign, summaryOf: marketsSummary } = await import('../design/markets/markets-design.ts');
    return designWork(marketsDesign, marketsReport, marketsSummary);
  },
};

/** The command that makes the same again. */
function calibrateCommandOf({ file, seed, runs, sets, dataRoots }: Experiment): string {
  const options = [
    ...sets.flatMap((set) => ['--set', set]),
    ...dataRoots.flatMap((root) => ['--data-root', root]),
  ];
  return shellCommand('calibrate', file, '--seed', seed, '--runs', String(runs), ...options);
}

function sensitivityOf(result: SensitivityResult, experiment: Experiment): string {
  return sensitivityReport(result, 'money' in experiment ? experiment.money : 'money');
}

/** `jsonOf`: what of a result is in the JSON document on stdout. */
function designWork<R>(
  designOf: (experiment: Experiment) => Design<R>,
  reportOf: (result: R, experiment: Experiment) => string,
  jsonOf: (result: R) => object,
  keep: (result: R, experiment: Experiment) => void = () => undefined,
): DesignWork {
  const print = async (
    args: WorkArguments & { json: boolean },
    work: (options: WorkOptions) => Promise<DesignOutcome<R>>,
  ): Promise<Resumed | undefined> => {
    const { experiment, result, failures, folder, resumed } = await interruptible(args, work);
    keep(result, experiment);
    const { question } = experiment;
    const width = widthOf(process.stdout);
    const text = args.json
      ? JSON.stringify({ question, folder, ...failures, ...jsonOf(result) }, null, 2)
      : [
          pc.bold(wrapped(question, width)),
          reportOf(result, experiment),
          ...failureLines(failures),
          ...nextLines(folder, [['all points', 'query', folder, 'select * from points']]),
        ].join('\n');
    tellData(experiment);
    process.stdout.write(`${text}\n`);
    failOnFailedPoints(failures);
    return resumed;
  };
  const command = `unwind ${process.argv.slice(2).join(' ')}`;
  return {
    async run(experiment, { out, ...args }) {
      await print(args, (options) =>
        runDesign(designOf(experiment), experiment, { ...options, out, command }),
      );
    },
    resume: (dir, args, onDamage) =>
      print(args, (options) => resumeDesign(dir, designOf, { ...options, onDamage })),
  };
}
