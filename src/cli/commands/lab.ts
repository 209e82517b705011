/** `unwind lab FILE`: the simulator itself in a page. */
import type { CommandModule } from 'yargs';
import { marketOf, pageOfExperiment } from '../../lab/replay.ts';
import { pageOf } from '../../serve/page.ts';
import { experimentOf, settingOptions } from '../experiment-options.ts';
import { closing } from '../help.ts';
import { text, wholeOr } from '../options.ts';
import { serveUntilStopped, writePage } from '../pages.ts';
import { version } from '../../experiment/version.ts';

interface LabArguments {
  file: string;
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
  policy: string | undefined;
  shock: string | undefined;
  out: string | undefined;
  port: number;
}

const EPILOGUE = `Two worlds on one seed, of which one is as the file has it, and the other as you turn it: leverage, open positions,
depth, shock, ladder, policy, from the beginning or from the shock on; and 300 runs of each in the background, with the probability of a cascade and its interval. All
of it is made in the browser, by the same engine. Without --out the page is served on 127.0.0.1 until Ctrl-C.`;

export const labCommand: CommandModule<object, LabArguments> = {
  command: 'lab <file>',
  describe: 'The simulator in a page: turn leverage, depth, policy or shock, and see what changes',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Experiment file (YAML)' })
      .options(settingOptions('policy and shock'))
      .option('policy', text('policy', 'Policy of the first world (default: the first)'))
      .option('shock', text('shock', 'Shock, by number or title (default: the first)'))
      .option('out', text('out', 'Writes the page to this file instead: it needs no server'))
      .option('port', wholeOr('port', 'Port of 127.0.0.1; 0: one that is free', { from: 0, to: 65_535 }, 0))
      .epilogue(
        closing(
          [
            ['npx unwind lab experiments/lcst.yaml', 'Serves the page, and says where'],
            ['npx unwind lab experiments/lcst.yaml --out lab.html', 'A file that any host can serve'],
          ],
          EPILOGUE,
        ),
      ),
  async handler(args) {
    const { file, policy, shock, out, port } = args;
    const experiment = marketOf(experimentOf(file, args), file);
    const order = {
      kind: 'laboratory',
      run: 0,
      policy,
      shock,
      command: `unwind lab ${file}`,
      unwind: version,
    } as const;
    const page = pageOf(pageOfExperiment(experiment, order));
    if (out !== undefined) writePage(out, page.html);
    else await serveUntilStopped(new Map([['/', () => page]]), port, [['/', 'Laboratory']]);
  },
};
