/** Runs the solvable cascade's experiment file for a validation, and gives the columns of its runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SolvableExperiment } from '../experiment/index.ts';
import { readExperiment } from '../experiment/index.ts';
import type { RunColumns } from '../models/model.ts';
import { hashOfParts } from '../manifest.ts';
import { execute } from '../run.ts';
import type { ValidationOptions } from './validation.ts';

const FILE = fileURLToPath(
  new URL('../../../../experiments/validation/solvable-cascade.yaml', import.meta.url),
);

export interface SolvableRuns {
  readonly experiment: SolvableExperiment;
  readonly columns: RunColumns;
  readonly hash: string;
}

/** `sets` go before those of the options, which win. */
export async function solvableRuns(
  sets: readonly string[],
  options: ValidationOptions,
): Promise<SolvableRuns> {
  const all = [...sets, ...options.sets];
  const experiment = readExperiment(FILE, { sets: all });
  if (experiment.model !== 'solvable') throw new Error(`${FILE}: not a solvable cascade`);
  const folder = mkdtempSync(join(tmpdir(), 'unwind-validate-'));
  try {
    const { columns, parts } = await execute(experiment, folder, options.workers, (done) => {
      options.onProgress(all.join(' '), done, experiment.runs);
    });
    return { experiment, columns: columns[0]!, hash: hashOfParts(parts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
