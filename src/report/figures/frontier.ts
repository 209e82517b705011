/** Cost against safety of an experiment’s policies. */
import { shownPolicies, shownText } from '../focus.ts';
import { costAgainstSafety } from './cost-safety.ts';
import type { RunFigure } from './figure.ts';
import { runsText } from './parts.ts';

export const frontier: RunFigure = {
  id: 'frontier',
  of: 'market',
  draw(results) {
    const { frontier: found } = results.manifest.summary;
    const drawing = found && costAgainstSafety(found, shownPolicies(results));
    if (drawing === undefined) return undefined;
    return { ...drawing, shows: `${drawing.shows}${shownText(results)}`, runs: runsText(results) };
  },
};
