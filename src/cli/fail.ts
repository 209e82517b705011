/**
 * How the command line fails: one line on stderr that says where and what to do, and exit code 1. It needs no trader's code:
 * that may be what fails.
 */
import { CapacityError, ConfigError } from '../core/errors.ts';
import type { RunError } from '../lab/run.ts';
import { Stopped, UnfinishedError } from '../lab/store/unfinished.ts';
import { endWithStuckThreads } from '../lab/work/stuck.ts';
import { tell } from './tell.ts';

/** Errors whose message is meant for the user; anything else is a defect and shows its stack. */
const EXPECTED = new Set([
  'UsageError',
  'OutputError',
  'ResultsError',
  'PointError',
  'AuditError',
  'UnfinishedError',
  'Stopped',
  'QueryError',
  'WorkerError',
  'CarryOver',
  'YError',
]); // YError: yargs' own

/** As a shell reports a command that Ctrl-C ended. */
const STOPPED = 130;

export function fail(error: unknown): void {
  const isStopped = error instanceof Stopped || (error instanceof UnfinishedError && error.isStopped);
  process.exitCode = isStopped ? STOPPED : 1;
  tell(describe(error));
  endWithStuckThreads();
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.describe();
  if (error instanceof CapacityError) return error.message;
  if (isRunError(error)) {
    // A defect inside a run: the message says how to see it again, the stack where it is.
    return error.failure.name === 'CapacityError'
      ? error.message
      : `${error.message}\n${error.failure.stack}`;
  }
  if (error instanceof Error && error.name === 'LostRun')
    return `${error.message}\n${error.stack ?? ''}`.trim();
  if (error instanceof ReferenceError && error.message.includes('before initialization')) {
    const [, place = ''] = /\n\s+at (.*)/.exec(error.stack ?? '') ?? [];
    return `${place}: ${error.message}: two files import each other; take one of the imports out`;
  }
  if (error instanceof Error)
    return EXPECTED.has(error.name) ? error.message : (error.stack ?? error.message);
  return String(error);
}

function isRunError(error: unknown): error is RunError {
  return error instanceof Error && error.name === 'RunError';
}
