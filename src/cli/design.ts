/** What `unwind tune` and `unwind sensitivity` share, and `unwind resume` of their folders: the work, and what is printed. */
import pc from 'picocolors';
import type { Design } from '../lab/design/design.ts';
import type { Experiment } from '../lab/experiment/index.ts';
import type { Resumed, ResumeOptions, WorkOptions } from '../lab/run.ts';
import type { DesignOutcome } from '../lab/run-design.ts';
import { resumeDesign, runDesign } from '../lab/run-design.ts';
import type { SensitivityResult } from '../lab/sensitivity/sensitivity.ts';
import { sensitivityDesign, summaryOf } from '../lab/sensitivity/design.ts';
import { tellData } from './data-notes.ts';
import { failureLines } from './report/failures.ts';
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
    const { tuneDesign } = await import('../lab/tune/design.ts');
    return designWork(tuneDesign, tuneReport, (result) => result);
  },
  sensitivity: () => Promise.resolve(designWork(sensitivityDesign, sensitivityOf, summaryOf)),
};

function sensitivityOf(result: SensitivityResult, experiment: Experiment): string {
  return sensitivityReport(result, 'money' in experiment ? experiment.money : 'money');
}

/** `jsonOf`: what of a result is in the JSON document on stdout. */
function designWork<R>(
  designOf: (experiment: Experiment) => Design<R>,
  reportOf: (result: R, experiment: Experiment) => string,
  jsonOf: (result: R) => object,
): DesignWork {
  const print = async (
    args: WorkArguments & { json: boolean },
    work: (options: WorkOptions) => Promise<DesignOutcome<R>>,
  ): Promise<Resumed | undefined> => {
    const { experiment, result, failures, folder, resumed } = await interruptible(args, work);
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
