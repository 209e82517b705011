/** `unwind resume DIR`: goes on with what was interrupted; checks what is finished, and makes damaged files anew. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { compareFolder, keepComparison } from '../../lab/kept-results.ts';
import { jsonFlag, noReportFlag, plugInsFlag, wideFlag, workersOption } from '../options.ts';
import type { Resumed } from '../../lab/run.ts';
import { resumeExperiment } from '../../lab/run.ts';
import { isComparisonDamaged } from '../../lab/store/damages.ts';
import { COMPARISON } from '../../lab/store/holding.ts';
import { designIn, readOrder } from '../../lab/store/order.ts';
import { designs } from '../designs.ts';
import { leaveReport } from '../page/leave-report.ts';
import { limitOptions } from '../run-limits.ts';
import { tell } from '../tell.ts';
import { working } from '../working.ts';
import type { WorkArguments } from '../working.ts';

interface ResumeArguments extends WorkArguments {
  dir: string;
  json: boolean;
  wide: boolean;
  'no-report': boolean;
}

export const resumeCommand: CommandModule<object, ResumeArguments> = {
  command: 'resume <dir>',
  describe:
    'Goes on with an interrupted run or design (tune, calibrate …) to the same bytes; of a finished one checks every file',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .options({ workers: workersOption, ...limitOptions })
      .option('wide', wideFlag)
      .option('no-report', noReportFlag)
      .option('json', jsonFlag)
      .option('plugins', plugInsFlag)
      .epilogue(
        closing([
          ['npx unwind resume out', 'Goes on with the folder out; of a finished one shows the results again'],
          ['npx unwind resume out --wide', 'All that a market’s results have'],
        ]),
      ),
  async handler({ dir, json, wide, 'no-report': bare, ...work }) {
    let damaged = 0;
    const onDamage = (file: string, what: string): void => {
      damaged++;
      tell(`${file} ${what}; it is made anew`);
    };
    const design = designIn(dir);
    let what = 'points.parquet is as it was written';
    let resumed: Resumed | undefined;
    if (design === undefined) {
      const outcome = await working({ json, wide }, work, (options) =>
        resumeExperiment(dir, { ...options, onDamage }),
      );
      if (isComparisonDamaged(dir)) {
        onDamage(COMPARISON, 'is not as it was written');
        keepComparison(dir, (await compareFolder(dir)).comparison);
      }
      what = `all ${outcome.manifest.parts.length} parts are as they were written`;
      resumed = outcome.resumed;
      // As the run would have; what was whole keeps the report that it has, or has not.
      const isAnew = resumed !== undefined || damaged > 0;
      if (!bare && isAnew && readOrder(dir).only === undefined) await leaveReport(outcome, json);
    } else resumed = await (await designs[design]()).resume(dir, { ...work, json }, onDamage);
    if (resumed !== undefined) tell(`${dir} is complete again: ${describe(resumed)}`);
    else if (damaged === 0) tell(`${dir} is complete: ${what}`);
  },
};

/** `of its 27 runs 13 were there, 14 were made now` */
function describe({ kept, made }: Resumed): string {
  const count = (n: number): string => n.toLocaleString('en-US');
  return `of its ${count(kept + made)} runs ${count(kept)} were there, ${count(made)} were made now`;
}
