/** Every figure, in the order of a report. */
import { sortOf } from '../focus.ts';
import type { Results } from '../results.ts';
import { doseResponse } from './dose-response.ts';
import type { Figure, RunFigure } from './figure.ts';
import { frontier } from './frontier.ts';
import { survival } from './survival.ts';

const ofRuns: readonly RunFigure[] = [frontier, doseResponse, survival];

export const figures: readonly Figure[] = [...ofRuns];

/** Those of results of this sort. */
export function figuresOf(results: Results): readonly Figure[] {
  const sort = sortOf(results);
  return figures.filter((figure) => figure.of === sort);
}
