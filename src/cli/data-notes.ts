/** What an experiment's series of prices were read as, and what is odd about them: beside the results, on stderr. */
import type { Experiment } from '../lab/experiment/index.ts';

export function tellData({ inputs, warnings }: Pick<Experiment, 'inputs' | 'warnings'>): void {
  for (const { file, read_as } of inputs) {
    if (read_as !== undefined) process.stderr.write(`${file}: ${read_as}\n`);
  }
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
}
