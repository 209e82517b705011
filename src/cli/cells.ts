/** How many combinations an experiment runs each seed under. */
import type { Experiment } from '../lab/experiment/index.ts';
import { modelOf } from '../lab/models/index.ts';

export function cellCount(experiment: Experiment): number {
  return modelOf(experiment).cells(experiment).length;
}
