/** `unwind bench`: speed and memory of the engine on this machine. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag, jsonFlag } from '../options.ts';

export const benchCommand: CommandModule<object, { json: boolean; quick: boolean }> = {
  command: 'bench',
  describe: 'Measures speed and memory of the engine on this machine, on one core',
  builder: (yargs) =>
    yargs
      .option('json', jsonFlag)
      .option('quick', flag('Shorter flows: seconds instead of a minute'))
      .epilogue(closing([['npx unwind bench', 'The figures of the README']])),
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
