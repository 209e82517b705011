/** `unwind new SORT NAME`: writes a starting file and its test into the folder in which it is called. */
import { existsSync, writeFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import type { Starting } from '../../models/plug-ins/starting.ts';
import { STARTING, startingFiles } from '../../models/plug-ins/starting.ts';
import { closing } from '../help.ts';
import { UsageError } from '../usage-error.ts';

interface NewArguments {
  what: string;
  name: string;
}

const all = Object.keys(STARTING) as Starting[];

export const newCommand: CommandModule<object, NewArguments> = {
  command: 'new <what> <name>',
  describe: 'Writes a starting file of a trader, a rule … or an experiment, with its test, into this folder',
  builder: (yargs) =>
    yargs
      .positional('what', { type: 'string', demandOption: true, describe: all.join(', ') })
      .positional('name', { type: 'string', demandOption: true, describe: 'What it is called: my-agent' })
      .epilogue(
        closing(
          [
            ['npx unwind new agent contrarian', 'Writes contrarian.ts and contrarian.test.mjs'],
            ['npx unwind new experiment first', 'Writes first.yaml and first.test.mjs'],
          ],
          'No file is written over. A plug-in is used by an experiment that says plugins: [./NAME.ts].',
        ),
      ),
  handler({ what, name }) {
    const known = all.find((one) => one === what);
    if (known === undefined) throw new UsageError(`new ${what}: there are ${all.join(', ')}`);
    const files = startingFiles(known, name);
    const there = files.find((file) => existsSync(file.name));
    if (there !== undefined) throw new UsageError(`${there.name} is there already; give it another name`);
    for (const file of files) writeFileSync(file.name, file.text, { flag: 'wx' });
    const [first, test] = files.map((file) => file.name) as [string, string];
    process.stdout.write(`${first}, with its test: node --test ${test}\n`);
  },
};
