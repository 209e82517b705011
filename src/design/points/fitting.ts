/** Parameters that fit the experiment nowhere are a slip of the pen: told in one line, before there is a folder. */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import { pointInput, readPoint } from './point-runs.ts';
import type { Parameter } from './space.ts';
import { pointAt, setsOf } from './space.ts';

/** Both ends of all ranges, and their middle: that none of them fits is no accident. */
const PLACES = [0, 1, 0.5];

/** Throws the first ConfigError where the experiment can be read at none of these places. */
export function requireFitting(experiment: Experiment, space: readonly Parameter[]): void {
  const input = pointInput(experiment);
  let first: ConfigError | undefined;
  for (const place of PLACES) {
    const point = pointAt(
      space,
      space.map(() => place),
    );
    try {
      readPoint(input, { sets: setsOf(space, point), seed: experiment.seed });
      return;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      first ??= error;
    }
  }
  throw first!;
}
