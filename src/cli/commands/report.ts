/** `unwind report DIR`: the results of a folder as one HTML file, or as PDF. */
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { writeWhole } from '../../lab/store/durable.ts';
import { REPORT } from '../../lab/store/holding.ts';
import { closing } from '../help.ts';
import { flag, text } from '../options.ts';
import { folderResults } from '../page/folder-results.ts';
import { printed } from '../page/pdf.ts';
import { reportOf } from '../page/write-report.ts';
import { UsageError } from '../usage-error.ts';

interface ReportArguments {
  dir: string;
  out: string | undefined;
  pdf: boolean;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <dir>',
  describe: 'Makes the report of a results folder: one HTML file that needs nothing else',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('out', text('out', `File to write (default: ${REPORT} in the folder)`))
      .option('pdf', flag('Beside it a PDF, printed by a browser of this machine'))
      .epilogue(
        closing([
          [
            'npx unwind run experiments/lcst.yaml --runs 2 --out out',
            'Results; they have their report already',
          ],
          ['npx unwind report out --out report.html', 'The report once more, elsewhere'],
        ]),
      ),
  async handler({ dir, out, pdf }) {
    const path = out ?? join(dir, REPORT);
    writeWhole(path, await reportOf(await folderResults(dir)));
    process.stdout.write(`${path}\n`);
    if (!pdf) return;
    const beside = `${path.replace(/\.html$/, '')}.pdf`;
    const why = printed(path, beside);
    if (why === undefined) process.stdout.write(`${beside}\n`);
    else throw new UsageError(why);
  },
};
