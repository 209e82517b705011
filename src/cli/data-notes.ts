/** What an experiment's series of prices were read as, and what is odd about them: beside the results, on stderr. */
import type { Experiment } from '../models/experiment.ts';
import { tell } from './tell.ts';

export function tellData({ inputs, warnings }: Pick<Experiment, 'inputs' | 'warnings'>): void {
  for (const { file, read_as, is_series } of inputs) if (is_series === true) tell(`${file}: ${read_as!}`);
  for (const warning of warnings) tell(`warning: ${warning}`);
}
