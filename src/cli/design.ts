/** What `unwind tune` and `unwind sensitivity` share, and `unwind resume` of their folders: the work, and what is printed. */
import pc from 'picocolors';
import type { Design } from '../lab/design/design.ts';
import type { Experiment } from '../lab/experiment/index.ts';
import type { ResumeOptions, WorkOptions } from '../lab/run.ts';
import type { DesignOutcome } from '../lab/run-design.ts';
import { resumeDesign, runDesign } from '../lab/run-design.ts';
import { sensitivityDesign, summaryOf } from '../lab/sensitivity/design.ts';
import { tellData } from './data-notes.ts';
import { failureLines } from './report/failures.ts';
import { sensitivityReport } from './report/sensitivity.ts';
import { tuneReport } from './report/tune.ts';
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
  ): Promise<void>;
}

export const designs = {
  /** Loaded when it is used: the search's package takes long to start. */
  async tune() {
    const { tuneDesign } = await import('../lab/tune/design.ts');
    return designWork(tuneDesign, tuneReport, (result) => result);
  },
  sensitivity: () => Promise.resolve(designWork(sensitivityDesign, sensitivityReport, summaryOf)),
};

/** `jsonOf`: what of a result is in the JSON document on stdout. */
function designWork<R>(
  designOf: (experiment: Experiment) => Design<R>,
  reportOf: (result: R) => string,
  jsonOf: (result: R) => object,
): DesignWork {
  const print = async (
    args: WorkArguments & { json: boolean },
    work: (options: WorkOptions) => Promise<DesignOutcome<R>>,
  ): Promise<void> => {
    const { experiment, result, failures, folder } = await interruptible(args, work);
    const { question } = experiment;
    const text = args.json
      ? JSON.stringify({ question, folder, ...failures, ...jsonOf(result) }, null, 2)
      : [pc.bold(question), reportOf(result), ...failureLines(failures), folder].join('\n');
    tellData(experiment);
    process.stdout.write(`${text}\n`);
    failOnFailedPoints(failures);
  };
  const command = `unwind ${process.argv.slice(2).join(' ')}`;
  return {
    run: (experiment, { out, ...args }) =>
      print(args, (options) => runDesign(designOf(experiment), experiment, { ...options, out, command })),
    resume: (dir, args, onDamage) =>
      print(args, (options) => resumeDesign(dir, designOf, { ...options, onDamage })),
  };
}
