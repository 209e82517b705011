/** Options of every command that reads an experiment file, and the reading of it. */
import { existsSync, statSync } from 'node:fs';
import type { Options } from 'yargs';
import type { Experiment } from '../models/experiment.ts';
import { readExperiment } from '../models/experiment.ts';
import { busy } from './progress.ts';
import { limitOptions } from './run-limits.ts';
import { list, text, whole, workersOption } from './options.ts';
import { UsageError } from './usage-error.ts';

/** `of`: whose runs `--runs` counts; `example`: of `--set`; `folder`: what the results folder is called by default. */
export function experimentOptions(of: string, folder: string, example?: string) {
  return {
    ...settingOptions(of, example),
    workers: workersOption,
    ...limitOptions,
    out: text('out', `Results folder (default: ${folder})`),
  } as const satisfies Record<string, Options>;
}

/** Those that change what the file says. */
export function settingOptions(of: string, example?: string) {
  const such = example === undefined ? '' : `, such as ${example}`;
  return {
    runs: whole('runs', `Runs of each ${of}, instead of the file’s`, { from: 1 }),
    seed: text('seed', 'Seed, instead of the file’s'),
    set: list(`Changes a setting: path=value (repeatable)${such}`),
    'data-root': list('A folder beside the experiment’s own in which its data files may lie (repeatable)'),
  } as const satisfies Record<string, Options>;
}

/** What these become. */
export interface SettingArguments {
  runs: number | undefined;
  seed: string | undefined;
  set: string[];
  'data-root': string[];
}

/** The experiment of a file, changed as the options say. Throws UsageError and ConfigError. */
export function experimentOf(file: string, args: Readonly<SettingArguments>): Experiment {
  const missing = args['data-root'].find((root) => !existsSync(root) || !statSync(root).isDirectory());
  if (missing !== undefined) throw new UsageError(`--data-root ${missing}: there is no such folder`);
  const options = {
    sets: args.set,
    dataRoots: args['data-root'],
    ...(args.runs === undefined ? {} : { runs: args.runs }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
  };
  return busy(`reading ${file}`, () => readExperiment(file, options));
}
