/** The words of a command line and what they call for; how it fails is main.ts's. */
import type { Argv } from 'yargs';
import yargs from 'yargs';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** In the order of the help. A command is loaded when it is asked for: most of what the others need takes time to start. */
const commands: Readonly<Record<string, (line: Argv) => Promise<Argv>>> = {
  run: async (line) => line.command((await import('./commands/run.ts')).runCommand),
  resume: async (line) => line.command((await import('./commands/resume.ts')).resumeCommand),
  query: async (line) => line.command((await import('./commands/query.ts')).queryCommand),
  fork: async (line) => line.command((await import('./commands/fork.ts')).forkCommand),
  compare: async (line) => line.command((await import('./commands/compare.ts')).compareCommand),
  tune: async (line) => line.command((await import('./commands/tune.ts')).tuneCommand),
  sensitivity: async (line) => line.command((await import('./commands/sensitivity.ts')).sensitivityCommand),
  verify: async (line) => line.command((await import('./commands/verify.ts')).verifyCommand),
  validate: async (line) => line.command((await import('./commands/validate.ts')).validateCommand),
  bench: async (line) => line.command((await import('./commands/bench.ts')).benchCommand),
  match: async (line) => line.command((await import('./commands/match.ts')).matchCommand),
  waterfall: async (line) => line.command((await import('./commands/waterfall.ts')).waterfallCommand),
  margin: async (line) => line.command((await import('./commands/margin.ts')).marginCommand),
  agents: async (line) => line.command((await import('./commands/agents.ts')).agentsCommand),
  policies: async (line) => line.command((await import('./commands/policies.ts')).policiesCommand),
  schema: async (line) => line.command((await import('./commands/schema.ts')).schemaCommand),
};

/** Does what the words say. Throws what goes wrong: `fail` knows how to tell it. */
export async function commandLine(words: readonly string[]): Promise<void> {
  const line = yargs([...words])
    .scriptName('unwind')
    .usage(
      '$0 COMMAND\n\nSimulates leveraged markets order by order, and measures how liquidations cascade.',
    );
  const [first = ''] = words;
  // All of them for the help, and to say that there is no such command.
  for (const name of Object.hasOwn(commands, first) ? [first] : Object.keys(commands)) {
    await commands[name]!(line);
  }
  await line
    .demandCommand(1, 'Which command? See unwind --help.')
    .strict()
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      // What is no number by declaration stays as it was typed: seeds, names, folders.
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .version(version)
    .alias('h', 'help')
    .wrap(Math.min(100, process.stdout.columns || 100))
    .fail((message, error) => {
      throw (error as Error | undefined) ?? new UsageError(message);
    })
    .parseAsync();
}
