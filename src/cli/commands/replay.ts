/** `unwind replay DIR`: a page that plays one recorded run, order by order. */
import type { CommandModule } from 'yargs';
import { requireManifest } from '../../lab/store/finished.ts';
import { pageOfFolder } from '../../lab/replay.ts';
import { pageOf } from '../../serve/page.ts';
import { closing } from '../help.ts';
import { text, wholeOr, plugInsFlag } from '../options.ts';
import { serveUntilStopped, writePage } from '../pages.ts';
import { version } from '../../experiment/version.ts';

interface ReplayArguments {
  dir: string;
  run: number;
  policy: string | undefined;
  shock: string | undefined;
  beside: string | undefined;
  out: string | undefined;
  port: number;
}

const EPILOGUE = `Makes the run anew in the page, by the same engine and from the same seed: the book over time with trades, mark and forced
orders, where the next liquidations wait, accounts by health, the cascade as it grows, the log of calls. Beside the run can stand another
policy on the same seed, or the run's own fork from any moment on, with the first event at which the two part. The moment, the fork and
what it changes stand in the address, so that a link is a finding. Without --out the page is served on 127.0.0.1 until Ctrl-C. The experiment’s files must be what they were.`;

export const replayCommand: CommandModule<object, ReplayArguments> = {
  command: 'replay <dir>',
  describe: 'Plays one recorded run in a browser, order by order',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('run', wholeOr('run', 'Number of the run', { from: 0 }, 0))
      .option('policy', text('policy', 'Policy of the run (default: the first)'))
      .option('shock', text('shock', 'Shock of the run, by number or title (default: the first)'))
      .option('beside', text('beside', 'Another policy on the same seed, beside it'))
      .option('out', text('out', 'Writes the page to this file instead: it needs no server'))
      .option('port', wholeOr('port', 'Port of 127.0.0.1; 0: one that is free', { from: 0, to: 65_535 }, 0))
      .option('plugins', plugInsFlag)
      .epilogue(
        closing(
          [
            ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'Runs to look at'],
            ['npx unwind replay out --run 1 --policy binance', 'Serves the page, and says where'],
            ['npx unwind replay out --run 1 --out run-1.html', 'A file that anybody can open'],
          ],
          EPILOGUE,
        ),
      ),
  async handler({ dir, run, policy, shock, beside, out, port }) {
    const order = {
      kind: 'replay',
      run,
      policy,
      shock,
      command: `unwind replay ${dir} --run ${run}`,
      unwind: version,
    } as const;
    const data = await pageOfFolder(dir, requireManifest(dir), order);
    const page = pageOf(data);
    if (out !== undefined) {
      writePage(out, page.html);
      return;
    }
    const { start } = data;
    const place = new URLSearchParams({ policy: start.policy, shock: String(start.shock), run: String(run) });
    if (beside !== undefined) place.set('beside', beside);
    await serveUntilStopped(new Map([['/', () => page]]), port, [[`/#${place.toString()}`, 'Replay']]);
  },
};
