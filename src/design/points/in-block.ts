/** Errors about a block of the experiment file, told where they are in it. */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import { locate } from '../../models/experiment.ts';
import { ExperimentError } from '../../experiment/problems.ts';

/** What `work` throws as a ConfigError, its path from the block, is thrown with file, line and column. */
export function inBlock<T>({ file, sets }: Experiment, block: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const path = [block, ...error.path];
    throw new ExperimentError(locate(file, path, sets), path, error.message);
  }
}
