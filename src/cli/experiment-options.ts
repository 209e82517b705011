/** Options of every command that runs an experiment file. */
import type { Options } from 'yargs';
import { workerOption } from './working.ts';

/** `of`: whose runs `--runs` counts; `example`: of `--set`; `folder`: what the results folder is called by default. */
export function experimentOptions(of: string, folder: string, example?: string) {
  return {
    runs: { type: 'number', describe: `Runs of each ${of}, instead of the file’s` },
    seed: { type: 'string', describe: 'Seed, instead of the file’s' },
    workers: workerOption,
    set: {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: `Changes a setting: path=value (repeatable)${example === undefined ? '' : `, such as ${example}`}`,
    },
    out: { type: 'string', describe: `Results folder (default: ${folder})` },
  } as const satisfies Record<string, Options>;
}
