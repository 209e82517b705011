/** Runs an experiment file of experiments/validation for a validation, and gives the columns of its runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Experiment } from '../experiment/index.ts';
import { readExperiment } from '../experiment/index.ts';
import type { RunColumns } from '../models/model.ts';
import { hashOfParts } from '../manifest.ts';
import { execute } from '../run.ts';
import type { ValidationOptions } from './validation.ts';

const FOLDER = new URL('../../../../experiments/validation/', import.meta.url);

export interface Runs {
  readonly experiment: Experiment;
  /** The runs of each cell, in order. */
  readonly cells: readonly RunColumns[];
  readonly hash: string;
}

/** `sets` go before those of the options, which win. */
export async function runsOf(
  file: string,
  sets: readonly string[],
  options: ValidationOptions,
): Promise<Runs> {
  const all = [...sets, ...options.sets];
  const experiment = readExperiment(fileURLToPath(new URL(file, FOLDER)), { sets: all });
  const folder = mkdtempSync(join(tmpdir(), 'unwind-validate-'));
  try {
    const { columns, parts } = await execute(experiment, folder, options.workers, (done) => {
      options.onProgress(all.join(' '), done, experiment.runs);
    });
    return { experiment, cells: columns, hash: hashOfParts(parts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
