/** `unwind agents`: the kinds of trader and their parameters. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag } from '../options.ts';
import { listAgents } from '../../lab/catalogue.ts';
import { printCatalogue } from '../report/catalogue.ts';

export const agentsCommand: CommandModule<object, { json: boolean }> = {
  command: 'agents',
  describe: 'Lists the kinds of trader, with their parameters',
  builder: (yargs) =>
    yargs
      .option('json', flag('As JSON'))
      .epilogue(closing([['npx unwind agents', 'What can stand under population:']])),
  handler({ json }) {
    printCatalogue([{ title: 'Kinds of trader (population: kind)', entries: listAgents() }], json);
  },
};
