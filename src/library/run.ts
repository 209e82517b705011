/** Making the runs of an experiment, as `unwind run` does it. */
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { ConfigError, formatPath } from '../core/errors.ts';
import { version } from '../experiment/version.ts';
import type { RunLimits } from '../lab/plan/limits.ts';
import { runExperiment as makeRuns } from '../lab/run.ts';
import type { ExperimentSource } from './load.ts';
import { experimentFrom } from './load.ts';
import type { Results } from './results.ts';
import { openResults } from './results.ts';

/** How far the work is: runs of all cells that came to an end or were lost, the lost ones among them, and how many there may be. */
export interface Progress {
  readonly done: number;
  readonly lost: number;
  readonly total: number;
}

/** How runs are made, and who is told of them. */
export interface RunOptions {
  /** Threads that make runs. Default: one for each processor. Results do not depend on it. */
  readonly workers?: number;
  /** Results folder: must not exist, or be empty. Default: results/NAME/DATE-HASH in the working folder. */
  readonly out?: string;
  /** Told at the start, and after each batch of runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the work; what is done is kept, and `unwind resume` goes on with it. */
  readonly signal?: AbortSignal;
  /** What a run may take: longer ones (s), or larger ones (MB), are lost. Default: 600 s, 1024 MB. */
  readonly limits?: Partial<RunLimits>;
  /** Numbers of the runs that also write their journal, for `unwind verify`. */
  readonly record?: readonly number[];
  /** Told of each run that is lost, in a line. Default: nobody; they stand in the results, too. */
  readonly onLost?: (line: string) => void;
}

const whole = (least: number) => z.int('needs a whole number').min(least, `must be at least ${least}`);

const optionsSchema = z.object({
  workers: whole(1).max(1024, 'must be at most 1024').optional(),
  limits: z
    .object({
      timeout_s: z.number().positive('must be longer than 0').optional(),
      memory_mb: whole(256).optional(),
    })
    .optional(),
  record: z.array(whole(0)).optional(),
});

/**
 * Makes all runs of an experiment, in threads, and writes them into a results folder; resolves to the results. The program
 * around it goes on meanwhile.
 *
 * Rejects with ConfigError (an option or the experiment is wrong), OutputError (the folder cannot be used), RunError (no run came
 * to an end), UnfinishedError (stopped by the signal, with `isStopped`; or the disk is full).
 */
export async function runExperiment(source: ExperimentSource, options: RunOptions = {}): Promise<Results> {
  const wrong = optionsSchema.safeParse(options).error?.issues[0];
  if (wrong !== undefined)
    throw new ConfigError([], `${formatPath(wrong.path as (string | number)[])}: ${wrong.message}`);
  const { workers = availableParallelism(), out, onProgress, signal, limits, record = [], onLost } = options;
  const experiment = experimentFrom(source);
  const unknown = record.find((run) => run >= experiment.runs);
  if (unknown !== undefined)
    throw new ConfigError([], `record: there is no run ${unknown}; there are 0 to ${experiment.runs - 1}`);
  if (record.length > 0 && experiment.model !== 'market')
    throw new ConfigError([], 'record: only runs of a simulated market have a journal');
  const { folder } = await makeRuns(experiment, {
    workers,
    version,
    out,
    limits,
    signal,
    audited: record,
    command: 'runExperiment',
    onProgress: (done, lost, total) => onProgress?.({ done, lost, total }),
    say: (line) => onLost?.(line),
  });
  return openResults(folder);
}
