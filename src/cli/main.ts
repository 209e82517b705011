#!/usr/bin/env node
/** The command line: `unwind COMMAND`. Results go to stdout, progress and errors to stderr; exit code 1 on failure. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { agentsCommand } from './commands/agents.ts';
import { benchCommand } from './commands/bench.ts';
import { forkCommand } from './commands/fork.ts';
import { compareCommand } from './commands/compare.ts';
import { marginCommand } from './commands/margin.ts';
import { matchCommand } from './commands/match.ts';
import { policiesCommand } from './commands/policies.ts';
import { queryCommand } from './commands/query.ts';
import { resumeCommand } from './commands/resume.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { sensitivityCommand } from './commands/sensitivity.ts';
import { tuneCommand } from './commands/tune.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { waterfallCommand } from './commands/waterfall.ts';
import { fail } from './fail.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

try {
  await yargs(hideBin(process.argv))
    .scriptName('unwind')
    .usage('$0 COMMAND\n\nSimulates leveraged markets order by order, and measures how liquidations cascade.')
    .command(runCommand)
    .command(resumeCommand)
    .command(queryCommand)
    .command(forkCommand)
    .command(compareCommand)
    .command(tuneCommand)
    .command(sensitivityCommand)
    .command(verifyCommand)
    .command(validateCommand)
    .command(benchCommand)
    .command(matchCommand)
    .command(waterfallCommand)
    .command(marginCommand)
    .command(agentsCommand)
    .command(policiesCommand)
    .command(schemaCommand)
    .demandCommand(1, 'Which command? See unwind --help.')
    .strict()
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false })
    .version(version)
    .alias('h', 'help')
    .wrap(Math.min(100, process.stdout.columns || 100))
    .fail((message, error) => {
      throw (error as Error | undefined) ?? new UsageError(message);
    })
    .parseAsync();
} catch (error) {
  fail(error);
}
