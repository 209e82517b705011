/** The liquidation map of one run, just before the shock and at its end: what the cascade has cleared away, and what still waits. */
import type { MapPoint } from '../../replay/portrait.ts';
import { minus } from '../words/numbers.ts';
import type { ReplayedFigure } from './figure.ts';
import { mapSpec, mapValues } from './map-panels.ts';
import { runText } from './of-one-run.ts';

export const runMap: ReplayedFigure = {
  id: 'run-map',
  of: 'replayed',
  draw(results) {
    const { before, after, length_s } = results.portrait;
    const panels: readonly (readonly [name: string, points: readonly MapPoint[]])[] = [
      ['before the shock', before],
      [`${Math.round(length_s)} s later`, after],
    ];
    const values = panels.flatMap(([name, points]) =>
      points.flatMap(({ side, percent, breaking, depth }) =>
        mapValues(name, side === 'below' ? -percent : percent, breaking, depth),
      ),
    );
    if (!values.some(({ isBreaking, money }) => isBreaking && money > 0)) return undefined;
    const names = panels.map(([name]) => name);
    return {
      title: minus(`Liquidation map before and after, ${results.policy}, ${results.shock}`),
      shows:
        'What would break, and what would take it, at each step of 1 % from the mark of the moment. Where more breaks than ' +
        'rests, a fall feeds itself.',
      runs: runText(results),
      spec: (layout) => mapSpec(layout, values, names, results.money),
    };
  },
};
