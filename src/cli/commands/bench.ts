/** `unwind bench`: speed and memory of the engine on this machine. */
import type { CommandModule } from 'yargs';

export const benchCommand: CommandModule<object, { json: boolean; quick: boolean }> = {
  command: 'bench',
  describe: 'Measures speed and memory of the engine on this machine, on one core',
  builder: (yargs) =>
    yargs
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One JSON document on stdout, nothing else',
      })
      .option('quick', {
        type: 'boolean',
        default: false,
        describe: 'Shorter flows: seconds instead of a minute',
      })
      .example('$0 bench', 'The figures of the README'),
  async handler({ json, quick }) {
    const { formatBench, runBench } = await import('../bench/index.ts'); // not needed by the other commands
    const report = await runBench({
      quick,
      progress: (text) => {
        process.stderr.write(`${text}\n`);
      },
    });
    process.stdout.write(`${json ? JSON.stringify(report, null, 2) : formatBench(report)}\n`);
  },
};
