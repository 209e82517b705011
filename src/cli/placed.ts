/** Errors of an experiment that is running, told in terms of its file: line, column and key. */
import { ConfigError, formatPath } from '../core/errors.ts';
import type { Experiment } from '../models/experiment.ts';
import { locate } from '../models/experiment.ts';
import { ExperimentError, ExperimentProblems } from '../experiment/problems.ts';
import { RunError } from '../lab/run.ts';

/** The error to report: one that names file, line and key where a setting of the experiment would help, else itself. */
export function asPlaced(error: unknown, { file, model, sets }: Experiment): unknown {
  const place = (path: readonly (string | number)[], what: string, changes: readonly string[]): ConfigError =>
    new ConfigError([], `${locate(file, path, changes)}  ${formatPath(path)}: ${what}`);
  if (error instanceof ConfigError && !isPlaced(error) && error.path.length > 0)
    return place(error.path, error.message, sets);
  if (error instanceof RunError && error.failure.setting !== undefined) {
    const { setting, message } = error.failure;
    return place([model, ...setting.split('.')], `${message} (${error.message.split(': ')[0]!})`, []);
  }
  return error;
}

/** Its message says where already. */
function isPlaced(error: ConfigError): boolean {
  return error instanceof ExperimentError || error instanceof ExperimentProblems;
}
