/** `unwind policies`: margin rules, wrappers, rungs, ladders, loss layers, mark rules and shocks. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag } from '../options.ts';
import { listPolicies } from '../../lab/catalogue.ts';
import { printCatalogue } from '../report/catalogue.ts';

export const policiesCommand: CommandModule<object, { json: boolean }> = {
  command: 'policies',
  describe: 'Lists what policies are made of (margin rules, ladders, waterfalls), marks and shocks',
  builder: (yargs) =>
    yargs
      .option('json', flag('As JSON'))
      .epilogue(closing([['npx unwind policies', 'What can stand under policies:']])),
  handler({ json }) {
    printCatalogue(listPolicies(), json);
  },
};
