/** `unwind validate [NAME]`: published and exact results, reproduced through the engine. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { list, jsonFlag, text, workersOption } from '../options.ts';

import { writeWhole } from '../../lab/store/durable.ts';
import { validationPage } from '../../report/page/validation.ts';
import { validations } from '../../validation/index.ts';
import { printValidation } from '../report/validation.ts';
import { live, tell } from '../tell.ts';

interface ValidateArguments {
  name: string | undefined;
  set: string[];
  workers: number;
  json: boolean;
  report: string | undefined;
}

export const validateCommand: CommandModule<object, ValidateArguments> = {
  command: 'validate [name]',
  describe: 'Reproduces exact and published results: target, value, standard error, verdict',
  builder: (yargs) =>
    yargs
      .positional('name', {
        type: 'string',
        choices: validations.map((validation) => validation.name),
        describe: 'One of them; all if left out',
      })
      .option('set', list('Changes a setting: path=value'))
      .option('workers', workersOption)
      .option('report', text('report', 'HTML file for the report; none if left out'))
      .option('json', jsonFlag)
      .epilogue(
        closing([
          ['npx unwind validate', 'All of them'],
          ['npx unwind validate cascade', 'V5, the solvable cascade'],
        ]),
      ),
  async handler({ name, set, workers, json, report }) {
    const chosen = validations.filter((validation) => name === undefined || validation.name === name);
    const results = [];
    for (const validation of chosen) {
      tell(`${validation.name}: ${validation.about}`);
      const checks = await validation.run({
        sets: set,
        workers,
        onProgress: (what, done, total) => {
          live(`  ${done}/${total} runs · ${what}`);
          if (done === total && !process.stderr.isTTY) tell(`  ${what} · ${total} runs`);
        },
      });
      live('');
      results.push({ name: validation.name, about: validation.about, checks });
    }
    printValidation(results, json);
    if (report !== undefined) writeWhole(report, validationPage(results, commandLine()));
    if (results.some((result) => result.checks.some((check) => !check.holds))) process.exitCode = 1;
  },
};

const commandLine = (): string => `unwind ${process.argv.slice(2).join(' ')}`;
