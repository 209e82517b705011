/** `unwind schema`: the JSON schema of an experiment file, for editors. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { experimentJsonSchema } from '../../models/experiment.ts';

export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'Prints the JSON schema of an experiment file',
  builder: (yargs) =>
    yargs.epilogue(
      closing([['npx unwind schema > unwind.schema.json', 'For an editor that checks YAML by a schema']]),
    ),
  handler() {
    process.stdout.write(`${JSON.stringify(experimentJsonSchema(), null, 2)}\n`);
  },
};
