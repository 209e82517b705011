/** Runs an experiment file of experiments/validation for a validation, and gives the columns of its runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../models/experiment.ts';
import { readExperiment } from '../models/experiment.ts';
import type { RunColumns } from '../models/model.ts';
import { EXPERIMENTS } from '../experiment/package-folder.ts';
import { hashOfParts } from '../lab/store/parts.ts';
import { loaded } from '../lab/store/columns.ts';
import { execute } from '../lab/work/execute.ts';
import type { ValidationOptions } from './validation.ts';

const FOLDER = join(EXPERIMENTS, 'validation');

type ModelName = Experiment['model'];
type Of<M extends ModelName> = Extract<Experiment, { readonly model: M }>;

export interface Runs<E extends Experiment = Experiment> {
  readonly experiment: E;
  /** The runs of each cell, in order. */
  readonly cells: readonly RunColumns[];
  readonly hash: string;
}

/** The experiment of a file of that model; `sets` go before those of the options, which win. */
export function experimentOf<M extends ModelName>(
  file: string,
  model: M,
  sets: readonly string[],
  options: ValidationOptions,
): Of<M> {
  const experiment = readExperiment(join(FOLDER, file), {
    sets: [...sets, ...options.sets],
  });
  if (experiment.model !== model) throw new Error(`${file}: a model ${experiment.model}, not ${model}`);
  return experiment as Of<M>;
}

/** Runs the experiment of a file; `sets` as above. */
export async function runsOf<M extends ModelName>(
  file: string,
  model: M,
  sets: readonly string[],
  options: ValidationOptions,
): Promise<Runs<Of<M>>> {
  const experiment = experimentOf(file, model, sets, options);
  const folder = mkdtempSync(join(tmpdir(), 'unwind-validate-'));
  try {
    const { columns, parts, lost } = await execute(experiment, folder, options.workers, (done) => {
      options.onProgress(experiment.sets.join(' '), done, experiment.runs);
    });
    const [first] = lost;
    if (first !== undefined) throw new Error(`run ${first.run} failed: ${first.name}: ${first.message}`);
    return { experiment, cells: columns.map(loaded), hash: hashOfParts(parts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
