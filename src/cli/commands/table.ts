/** `unwind table DIR`: the tables of a results folder for spreadsheets, texts and papers. */
import type { CommandModule } from 'yargs';
import { csvOf } from '../../report/tables/csv.ts';
import { latexOf } from '../../report/tables/latex.ts';
import { markdownOf } from '../../report/tables/markdown.ts';
import { tablesOf } from '../../report/tables/results-tables.ts';
import { closing } from '../help.ts';
import { flag, wideFlag } from '../options.ts';
import { folderResults } from '../page/folder-results.ts';
import { UsageError } from '../usage-error.ts';

interface TableArguments {
  dir: string;
  wide: boolean;
  csv: boolean;
  markdown: boolean;
  latex: boolean;
}

const FORMS = { csv: csvOf, markdown: markdownOf, latex: latexOf } as const;
const NAMES = ['csv', 'markdown', 'latex'] as const;

export const tableCommand: CommandModule<object, TableArguments> = {
  command: 'table <dir>',
  describe: 'The tables of a results folder as Markdown, LaTeX or CSV',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('markdown', flag('As Markdown (the default)'))
      .option('latex', flag('As LaTeX, with booktabs and makecell'))
      .option('csv', flag('Comma-separated: of each number the value and the bounds, with all digits'))
      .option('wide', wideFlag)
      .check((args) => {
        if (NAMES.filter((name) => args[name]).length > 1)
          throw new UsageError('--markdown, --latex, --csv: one of them');
        return true;
      })
      .epilogue(
        closing([
          ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'A folder with results'],
          ['npx unwind table out --latex', 'Its tables for a paper'],
        ]),
      ),
  async handler({ dir, wide, ...flags }) {
    const form = NAMES.find((name) => flags[name]) ?? 'markdown';
    const tables = tablesOf(await folderResults(dir), wide);
    process.stdout.write(tables.map(FORMS[form]).join('\n'));
  },
};
