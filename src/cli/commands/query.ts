/** `unwind query DIR "select …"`: asks the tables of a results folder; without a question it says what there is. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag } from '../options.ts';
import { ask } from '../query/database.ts';
import { filesOf, storedTables } from '../query/folder-tables.ts';
import { printAnswer, printDictionary } from '../query/print.ts';
import { tell } from '../tell.ts';
import { UsageError } from '../usage-error.ts';

interface QueryArguments {
  dir: string;
  sql: string | undefined;
  json: boolean;
  csv: boolean;
}

export const queryCommand: CommandModule<object, QueryArguments> = {
  command: 'query <dir> [sql]',
  describe: 'Asks the tables of a results folder in SQL; without a question lists them with units',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .positional('sql', { type: 'string', describe: 'A question to DuckDB, each table a view of that name' })
      .option('json', flag('A JSON list of rows'))
      .option('csv', flag('Comma-separated values, names first'))
      .check(({ json, csv }) => {
        if (json && csv) throw new UsageError('--json, --csv: one of them');
        return true;
      })
      .epilogue(
        closing([
          ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'A folder to ask'],
          ['npx unwind query out', 'Its tables and columns'],
          ['npx unwind query out "select policy, avg(accounts) from runs group by all"', 'Means by policy'],
        ]),
      ),
  async handler({ dir, sql, json, csv }) {
    const { tables, lacks } = storedTables(dir);
    if (lacks !== undefined) tell(lacks);
    const form = json ? 'json' : csv ? 'csv' : 'table';
    if (sql === undefined) return printDictionary(tables, form, dir, process.stdout);
    const asked = tables.map((table) => ({ ...table, files: filesOf(dir, table) }));
    await ask(dir, asked, sql, (answer) => printAnswer(answer, form, process.stdout));
  },
};
