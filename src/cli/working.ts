/** What commands that run experiments share: progress on stderr, a clean stop at Ctrl-C, and what they print at the end. */
import { availableParallelism } from 'node:os';
import type { Options } from 'yargs';
import { InvariantError } from '../core/errors.ts';
import type { Failure } from '../lab/batch.ts';
import type { Manifest } from '../lab/manifest.ts';
import type { RunOutcome, WorkOptions } from '../lab/run.ts';
import type { Progress } from './progress.ts';
import { showProgress } from './progress.ts';
import { printOutcome } from './report/outcome.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

export const workerOption = {
  type: 'number',
  default: availableParallelism(),
  describe: 'Workers: processes, or threads in tune and sensitivity',
} as const satisfies Options;

export function checkWorkers(workers: number): void {
  if (!Number.isInteger(workers) || workers < 1)
    throw new UsageError('--workers: needs a whole number from 1');
}

/** Does work that can be stopped by Ctrl-C (or SIGTERM), and prints what comes out. */
export async function working(
  json: boolean,
  workers: number,
  work: (options: WorkOptions) => Promise<RunOutcome>,
  onFailure?: (failure: Failure) => void,
): Promise<RunOutcome> {
  const outcome = await interruptible(workers, work, onFailure);
  printOutcome(outcome, json);
  failOnLosses(outcome.manifest);
  return outcome;
}

/** Does work that can be stopped by Ctrl-C (or SIGTERM), with progress on stderr. */
export async function interruptible<Outcome>(
  workers: number,
  work: (options: WorkOptions) => Promise<Outcome>,
  onFailure?: (failure: Failure) => void,
): Promise<Outcome> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  let progress: Progress | undefined;
  try {
    return await work({
      workers,
      version,
      signal: stop.signal,
      onProgress(done, lost, total) {
        progress ??= showProgress(total, done);
        progress.update(done, lost);
      },
      onFailure,
    });
  } finally {
    progress?.stop();
    process.off('SIGINT', abort).off('SIGTERM', abort);
  }
}

/** Results with a hole: a cell without any run, or a defect of the program, is a failure although the rest is kept. */
export function failOnLosses({ summary, failures }: Manifest): void {
  const empty = summary.cells.find(({ runs, lost = 0 }) => runs === 0 && lost > 0);
  const defect = failures.find(({ name }) => name === InvariantError.name);
  if (empty === undefined && defect === undefined) return;
  process.exitCode = 1;
  const where = (labels: Readonly<Record<string, string>>) =>
    Object.values(labels).join(', ') || 'the only cell';
  process.stderr.write(
    defect === undefined
      ? `all runs of ${where(empty!.labels)} were lost\n`
      : `a defect of unwind, in run ${defect.run} of ${where(defect.labels)}: ${defect.message}\n`,
  );
}
