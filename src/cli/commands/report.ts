/** `unwind report DIR`: the results of a folder as one HTML file, or as PDF. */
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { writeWhole } from '../../lab/store/durable.ts';
import { REPORT } from '../../lab/store/holding.ts';
import { closing } from '../help.ts';
import { text } from '../options.ts';
import { folderResults } from '../page/folder-results.ts';
import { reportOf } from '../page/write-report.ts';

interface ReportArguments {
  dir: string;
  out: string | undefined;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <dir>',
  describe: 'Makes the report of a results folder: one HTML file that needs nothing else',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('out', text('out', `File to write (default: ${REPORT} in the folder)`))
      .epilogue(
        closing([
          [
            'npx unwind run experiments/lcst.yaml --runs 2 --out out',
            'Results; they have their report already',
          ],
          ['npx unwind report out --out report.html', 'The report once more, elsewhere'],
        ]),
      ),
  async handler({ dir, out }) {
    const path = out ?? join(dir, REPORT);
    writeWhole(path, await reportOf(await folderResults(dir)));
    process.stdout.write(`${path}\n`);
  },
};
