/** The pools of a market's worlds, enlarged for a run that they are too small for. */
import type { MarketExperiment } from './file/compile.ts';
import { enlarged } from '../enlarged.ts';

/**
 * The experiment with more rows of the pool that a setting sizes, at all venues: which of them was too small is not said.
 * undefined: it has as many as it may get.
 */
export function withLargerPool<E extends Pick<MarketExperiment, 'capacity' | 'venues'>>(
  experiment: E,
  setting: string,
): E | undefined {
  if (setting === 'capacity.work') return undefined; // no pool: what the user allows
  const capacity = enlarged({ ...experiment.capacity }, setting);
  if (capacity !== undefined) return { ...experiment, capacity };
  const larger = experiment.venues.map((venue) => enlarged({ ...venue.capacity }, setting));
  if (larger.every((one) => one === undefined)) return undefined;
  const venues = experiment.venues.map((venue, v) => ({ ...venue, capacity: larger[v] ?? venue.capacity }));
  return { ...experiment, venues };
}
