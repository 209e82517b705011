/** The words of a command line and what they call for; how it fails is main.ts's. */
import type { Argv } from 'yargs';
import yargs from 'yargs';
import { unknownCommand, usageError } from './usage.ts';
import { version } from '../experiment/version.ts';
import { widthOf } from './report/width.ts';

/** In the order of the help. A command is loaded when it is asked for: most of what the others need takes time to start. */
const commands: Readonly<Record<string, (line: Argv) => Promise<Argv>>> = {
  run: async (line) => line.command((await import('./commands/run.ts')).runCommand),
  check: async (line) => line.command((await import('./commands/check.ts')).checkCommand),
  new: async (line) => line.command((await import('./commands/new.ts')).newCommand),
  resume: async (line) => line.command((await import('./commands/resume.ts')).resumeCommand),
  query: async (line) => line.command((await import('./commands/query.ts')).queryCommand),
  figure: async (line) => line.command((await import('./commands/figure.ts')).figureCommand),
  report: async (line) => line.command((await import('./commands/report.ts')).reportCommand),
  table: async (line) => line.command((await import('./commands/table.ts')).tableCommand),
  fork: async (line) => line.command((await import('./commands/fork.ts')).forkCommand),
  show: async (line) => line.command((await import('./commands/show.ts')).showCommand),
  replay: async (line) => line.command((await import('./commands/replay.ts')).replayCommand),
  lab: async (line) => line.command((await import('./commands/lab.ts')).labCommand),
  serve: async (line) => line.command((await import('./commands/serve.ts')).serveCommand),
  compare: async (line) => line.command((await import('./commands/compare.ts')).compareCommand),
  tune: async (line) => line.command((await import('./commands/tune.ts')).tuneCommand),
  sensitivity: async (line) => line.command((await import('./commands/sensitivity.ts')).sensitivityCommand),
  calibrate: async (line) => line.command((await import('./commands/calibrate.ts')).calibrateCommand),
  verify: async (line) => line.command((await import('./commands/verify.ts')).verifyCommand),
  validate: async (line) => line.command((await import('./commands/validate.ts')).validateCommand),
  bench: async (line) => line.command((await import('./commands/bench.ts')).benchCommand),
  match: async (line) => line.command((await import('./commands/match.ts')).matchCommand),
  waterfall: async (line) => line.command((await import('./commands/waterfall.ts')).waterfallCommand),
  margin: async (line) => line.command((await import('./commands/margin.ts')).marginCommand),
  odd: async (line) => line.command((await import('./commands/odd.ts')).oddCommand),
  facts: async (line) => line.command((await import('./commands/facts.ts')).factsCommand),
  response: async (line) => line.command((await import('./commands/response.ts')).responseCommand),
  formula: async (line) => line.command((await import('./commands/formula.ts')).formulaCommand),
  agents: async (line) => line.command((await import('./commands/agents.ts')).agentsCommand),
  policies: async (line) => line.command((await import('./commands/policies.ts')).policiesCommand),
  schema: async (line) => line.command((await import('./commands/schema.ts')).schemaCommand),
};

/** Does what the words say. Throws what goes wrong: `fail` knows how to tell it. */
export async function commandLine(words: readonly string[]): Promise<void> {
  const [first = ''] = words;
  const names = Object.keys(commands);
  if (/^[^-]/.test(first) && !names.includes(first)) throw unknownCommand(first, names);
  const line = yargs([...words])
    .scriptName('unwind')
    .locale('en')
    .usage(
      '$0 COMMAND\n\nSimulates leveraged markets order by order, and measures how liquidations cascade.',
    );
  // All of them for the help.
  for (const name of names.includes(first) ? [first] : names) await commands[name]!(line);
  hidingTypes(line)
    .middleware(hearAgreement)
    .strict()
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false, 'boolean-negation': false })
    .version(version)
    .alias('h', 'help')
    .wrap(Math.min(100, widthOf(process.stdout)))
    .fail((message, error) => {
      throw (error as Error | undefined) ?? new WrongWords(message);
    });
  if (first === '') {
    process.stdout.write(`${await line.getHelp()}\n`);
    return;
  }
  try {
    await line.parseAsync();
  } catch (error) {
    if (error instanceof Error && (error instanceof WrongWords || error.name === 'YError'))
      throw usageError(error.message, words, await line.getHelp());
    throw error;
  }
}

async function hearAgreement(options: Readonly<Record<string, unknown>>): Promise<void> {
  if (options['plugins'] === true) (await import('../models/plug-ins/kept.ts')).agreeToPlugIns();
}

/** Numbers are texts for yargs, see options.ts. */
function hidingTypes(line: Argv): Argv {
  // The package's types do not know it yet.
  return (line as Argv & { usageConfiguration: (options: object) => Argv }).usageConfiguration({
    'hide-types': true,
  });
}

/** What yargs says of words that it does not know. */
class WrongWords extends Error {}
