/** `unwind resume DIR`: goes on with an interrupted run; checks a finished one, and makes damaged parts anew. */
import type { CommandModule } from 'yargs';
import { resumeExperiment } from '../../lab/run.ts';
import { checkWorkers, workerOption, working } from '../working.ts';

interface ResumeArguments {
  dir: string;
  workers: number;
  json: boolean;
}

export const resumeCommand: CommandModule<object, ResumeArguments> = {
  command: 'resume <dir>',
  describe: 'Goes on with an interrupted run to the same bytes; of a finished one checks every part',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('workers', workerOption)
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One JSON document on stdout, nothing else',
      })
      .check(({ workers }) => {
        checkWorkers(workers);
        return true;
      }),
  async handler({ dir, workers, json }) {
    let damaged = 0;
    const outcome = await working(json, workers, (options) =>
      resumeExperiment(dir, {
        ...options,
        onDamage(file, what) {
          damaged++;
          process.stderr.write(`${file} ${what}; it is made anew\n`);
        },
      }),
    );
    if (damaged === 0)
      process.stderr.write(
        `${dir} is complete: all ${outcome.manifest.parts.length} parts are as they were written\n`,
      );
  },
};
