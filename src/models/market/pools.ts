/** The pools of a market's worlds, enlarged for a run that they are too small for. */
import type { MarketExperiment } from './file/compile.ts';
import { enlarged } from '../enlarged.ts';

/** The experiment with more rows of the pool that a setting sizes; undefined: it has as many as it may get. */
export function withLargerPool<E extends Pick<MarketExperiment, 'capacity'>>(
  experiment: E,
  setting: string,
): E | undefined {
  if (setting === 'capacity.work') return undefined; // no pool: what the user allows
  const capacity = enlarged({ ...experiment.capacity }, setting);
  return capacity === undefined ? undefined : { ...experiment, capacity };
}
