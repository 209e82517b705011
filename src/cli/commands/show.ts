/** `unwind show DIR`: one recorded run in words. */
import type { CommandModule } from 'yargs';
import { marketOf, placeOf } from '../../lab/replay.ts';
import { requireManifest } from '../../lab/store/finished.ts';
import { readRecordedExperiment } from '../../lab/store/recorded.ts';
import { showRun } from '../../replay/show.ts';
import { closing } from '../help.ts';
import { jsonFlag, text, whole, wholeOr, plugInsFlag } from '../options.ts';
import { busy } from '../progress.ts';
import { showReport } from '../report/show.ts';
import { UsageError } from '../usage-error.ts';

interface ShowArguments {
  dir: string;
  run: number;
  policy: string | undefined;
  shock: string | undefined;
  account: number | undefined;
  json: boolean;
}

const EPILOGUE = `Makes the run anew from its seed. Of several venues each is told. The experiment’s files must be what they were. unwind replay shows the same run in a
browser, event by event.`;

export const showCommand: CommandModule<object, ShowArguments> = {
  command: 'show <dir>',
  describe: 'One recorded run in words: what happened in order, who was largest, one account’s history',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('run', wholeOr('run', 'Number of the run', { from: 0 }, 0))
      .option('policy', text('policy', 'Policy of the run (default: the first)'))
      .option('shock', text('shock', 'Shock of the run, by number or title (default: the first)'))
      .option('account', whole('account', 'Number of an account whose history is told', { from: 0 }))
      .option('json', jsonFlag)
      .option('plugins', plugInsFlag)
      .epilogue(
        closing(
          [
            ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'Runs to look at'],
            ['npx unwind show out --run 1 --policy binance', 'What happened in one of them'],
            ['npx unwind show out --run 1 --policy binance --account 812', '… and to one account'],
          ],
          EPILOGUE,
        ),
      ),
  async handler({ dir, run, policy, shock, account, json }) {
    const experiment = marketOf(readRecordedExperiment(dir, requireManifest(dir)), dir);
    const place = placeOf(experiment, { run, policy, shock });
    const script = { experiment, policy: place.policy, shock: place.shock, run };
    const shown = await busy(`making run ${run} again`, () =>
      Promise.resolve(
        tell(() => experiment.venues.map((_, venue) => showRun({ ...script, venue }, account))),
      ),
    );
    const texts = shown.map((one, venue) => showReport(experiment, place, one, venue));
    const [only] = shown;
    const document =
      shown.length === 1
        ? { ...place, ...only }
        : { ...place, venues: shown.map((one, v) => ({ venue: experiment.venues[v]!.name, ...one })) };
    process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : texts.join('\n'));
  },
};

/** There may be no such account. */
function tell<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--account: ${error.message}`);
    throw error;
  }
}
