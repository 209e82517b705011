/** A pool that ran full in the middle of a run, told in terms of the experiment file. */
import { ConfigError } from '../core/errors.ts';
import { locate } from '../lab/experiment/index.ts';
import { RunError } from '../lab/run.ts';

/** The error to report, of an experiment with that model's block: one that names file, line and key if a setting would help, else the error itself. */
export function asCapacityError(error: unknown, file: string, block: string): unknown {
  if (!(error instanceof RunError) || error.failure.setting === undefined) return error;
  const path = [block, ...error.failure.setting.split('.')];
  return new ConfigError(
    [],
    `${locate(file, path)}  ${path.join('.')}: ${error.failure.message} (${error.message.split(': ')[0]!})`,
  );
}
