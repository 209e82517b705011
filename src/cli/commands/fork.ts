/** `unwind fork DIR`: one recorded run, with something changed at a moment. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { list, text, wholeOr, jsonFlag, plugInsFlag } from '../options.ts';
import { duration } from '../../core/settings.ts';
import { Source } from '../../experiment/source.ts';
import { forkRecorded } from '../../lab/fork.ts';
import { busy } from '../progress.ts';
import { printFork } from '../report/fork.ts';
import type { LimitArguments } from '../run-limits.ts';
import { limitOptions } from '../run-limits.ts';
import { UsageError } from '../usage-error.ts';
import { interruptible } from '../working.ts';

interface ForkArguments extends LimitArguments {
  dir: string;
  run: number;
  at: string;
  policy: string | undefined;
  shock: string | undefined;
  change: string[];
  set: string[];
  json: boolean;
}

const EPILOGUE = `Makes the run again from its seed, and refuses to go on if it does not come out as the folder says. Changes are those
of an experiment’s counterfactuals (unwind policies lists them), written key=value,key=value; settings are paths of the
experiment’s policies and latencies. The experiment’s files must be what they were.`;

export const forkCommand: CommandModule<object, ForkArguments> = {
  command: 'fork <dir>',
  describe: 'Forks one recorded run at a moment, with something changed, and prints both side by side',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('run', wholeOr('run', 'Number of the run', { from: 0 }, 0))
      .option('at', {
        ...text('at', 'Simulated time of the fork, such as 63.2s'),
        demandOption: true,
        coerce: String,
      })
      .option('policy', text('policy', 'Policy of the run (default: the first)'))
      .option('shock', text('shock', 'Shock of the run, by number or title (default: the first)'))
      .option(
        'change',
        list('What is changed: engine=off, remove=largest, kind=trend,inactive=true … (repeatable)'),
      )
      .option('set', list('Changes a setting of policies or latencies from then on: path=value (repeatable)'))
      .options(limitOptions)
      .option('json', jsonFlag)
      .check(({ change, set }) => {
        if (change.length + set.length === 0)
          throw new UsageError('nothing is changed: needs --change or --set');
        return true;
      })
      .option('plugins', plugInsFlag)
      .epilogue(
        closing(
          [
            ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'Runs to fork'],
            [
              'npx unwind fork out --run 1 --at 63.2s --change engine=off',
              'Nobody is liquidated from 63.2 s on',
            ],
            ['npx unwind fork out --at 60s --set policies.flat-20x.insurance_fund=50e6', 'A larger fund'],
          ],
          EPILOGUE,
        ),
      ),
  async handler(args) {
    const { dir, run, at, policy, shock, change, set, json } = args;
    const time = duration().safeParse(at);
    if (!time.success) throw new UsageError(`--at ${at}: needs a time with its unit, such as 63.2s`);
    const changes = change.map(readChange);
    const order = { folder: dir, run, at_us: time.data, policy, shock, changes, sets: set };
    const result = await busy(`making run ${run} again`, () =>
      interruptible({ ...args, workers: 1 }, (options) => forkRecorded(order, options)),
    );
    printFork(order, result, json);
  },
};

/** `kind=trend,inactive=true` */
function readChange(text: string): Readonly<Record<string, unknown>> {
  const entries = text.split(',').map((part) => {
    const equals = part.indexOf('=');
    if (equals < 1) throw new UsageError(`--change ${text}: needs key=value, such as engine=off`);
    const key = part.slice(0, equals).trim();
    const value = new Source('--change', part.slice(equals + 1));
    const what = key === '__proto__' ? '__proto__ cannot be a name' : value.complaints[0]?.what;
    if (what !== undefined) throw new UsageError(`--change ${text}: ${what}`);
    return [key, value.value()] as const;
  });
  return Object.fromEntries(entries);
}
