/** What commands that run experiments share: progress on stderr, a clean stop at Ctrl-C, and what they print at the end. */
import { InvariantError } from '../core/errors.ts';
import type { DesignFailures } from '../design/points/failures.ts';
import type { FailedRun } from '../lab/store/failed-run.ts';
import type { Manifest } from '../lab/store/manifest.ts';
import type { RunOutcome, WorkOptions } from '../lab/run.ts';
import type { Failure } from '../lab/work/runs.ts';
import { tellData } from './data-notes.ts';
import type { Progress } from './progress.ts';
import { showProgress } from './progress.ts';
import { printOutcome } from './report/outcome.ts';
import type { LimitArguments } from './run-limits.ts';
import { limitsOf } from './run-limits.ts';
import { tell } from './tell.ts';
import { version } from '../experiment/version.ts';

/** How many work, and what each run may take. */
export interface WorkArguments extends LimitArguments {
  workers: number;
}

/** Does work that can be stopped by Ctrl-C (or SIGTERM), and prints what comes out. */
export async function working(
  { json, wide }: { readonly json: boolean; readonly wide: boolean },
  args: WorkArguments,
  work: (options: WorkOptions) => Promise<RunOutcome>,
  onFailure?: (failure: Failure) => void,
): Promise<RunOutcome> {
  const outcome = await interruptible(args, work, onFailure);
  tellData(outcome.experiment);
  printOutcome(outcome, json, wide);
  failOnLosses(outcome.manifest);
  return outcome;
}

/** Does work that can be stopped by Ctrl-C (or SIGTERM), with progress on stderr. */
export async function interruptible<Outcome>(
  args: WorkArguments,
  work: (options: WorkOptions) => Promise<Outcome>,
  onFailure?: (failure: Failure) => void,
): Promise<Outcome> {
  const limits = limitsOf(args);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  let progress: Progress | undefined;
  try {
    return await work({
      workers: args.workers,
      limits,
      version,
      signal: stop.signal,
      onProgress(done, lost, total) {
        progress ??= showProgress(total, done);
        progress.update(done, lost);
      },
      say(line) {
        if (progress === undefined) tell(line);
        else progress.say(line);
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
  failOnHole(empty && `all runs of ${titleOf(empty.labels)} were lost`, failures);
}

/** The same of a design: a point is to it what a cell is to a run. */
export function failOnFailedPoints({ failed_points, failures }: DesignFailures): void {
  const numbers = failed_points.map(({ point }) => point);
  failOnHole(numbers.length === 0 ? undefined : `failed points: ${numbers.join(', ')}`, failures);
}

function failOnHole(hole: string | undefined, failures: readonly FailedRun[]): void {
  const defect = failures.find(({ name }) => name === InvariantError.name);
  if (hole === undefined && defect === undefined) return;
  process.exitCode = 1;
  const what =
    defect && `a defect of unwind, in run ${defect.run} of ${titleOf(defect.labels)}: ${defect.message}`;
  tell(what ?? hole!);
}

function titleOf(labels: Readonly<Record<string, string>>): string {
  return Object.values(labels).join(', ') || 'the only cell';
}
