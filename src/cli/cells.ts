/** How many combinations an experiment runs each seed under. */
import type { Experiment } from '../models/experiment.ts';
import { modelOf } from '../models/index.ts';

export function cellCount(experiment: Experiment): number {
  return modelOf(experiment).cells(experiment).length;
}
