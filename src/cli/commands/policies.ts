/** `unwind policies`: margin rules, wrappers, rungs, ladders, loss layers, mark rules and shocks. */
import type { CommandModule } from 'yargs';
import { listPolicies } from '../../lab/catalogue.ts';
import { printCatalogue } from '../report/catalogue.ts';

export const policiesCommand: CommandModule<object, { json: boolean }> = {
  command: 'policies',
  describe: 'Lists what policies are made of (margin rules, ladders, waterfalls), marks and shocks',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'As JSON' })
      .example('$0 policies', 'What can stand under policies:'),
  handler({ json }) {
    printCatalogue(listPolicies(), json);
  },
};
