/** A calibration made ready: the experiment, what may be changed, and what is aimed at. */
import { ConfigError } from '../../core/errors.ts';
import { MOST_SOBOL_DIMENSIONS } from '../../stats/designs/sobol-sequence.ts';
import { requireFitting } from '../points/fitting.ts';
import { inBlock } from '../points/in-block.ts';
import type { Parameter } from '../points/space.ts';
import { readSpace } from '../points/space.ts';
import type { Calibration } from '../../models/market/file/calibrate.ts';
import type { Experiment } from '../../models/experiment.ts';
import { scaled } from '../../scorecard/facts/moments.ts';
import type { Aim } from './objective.ts';
import { aimsOf } from './objective.ts';

export interface CalibrateSetup {
  readonly block: Calibration;
  readonly space: readonly Parameter[];
  readonly aims: readonly Aim[];
  /** Of each aim, as it is compared. */
  readonly targets: readonly number[];
  readonly seed: string;
  /** Of each drawn market. */
  readonly runs: number;
}

/** Throws ConfigError where there is no block, or it does not fit the experiment. */
export function calibrateSetup(experiment: Experiment): CalibrateSetup {
  const block = experiment.model === 'market' ? experiment.calibrate : undefined;
  if (block === undefined) {
    const what = 'there is no block calibrate of a market, which says what is fitted to what';
    throw new ConfigError([], `${experiment.file}: ${what}`);
  }
  const space = inBlock(experiment, 'calibrate', () => {
    const read = readSpace(block.parameters);
    if (read.length <= MOST_SOBOL_DIMENSIONS) return read;
    throw new ConfigError(
      ['parameters'],
      `there are ${read.length}; at most ${MOST_SOBOL_DIMENSIONS} can be fitted`,
    );
  });
  requireFitting(experiment, space);
  const aims = aimsOf(block);
  const targets = aims.map((aim) => scaled(aim.of, aim.value));
  return { block, space, aims, targets, seed: experiment.seed, runs: experiment.runs };
}
