/** Margin over time in one run and in its twin: how much more a market in trouble asks for (procyclicality). */
import { minus } from '../words/numbers.ts';
import type { ReplayedFigure } from './figure.ts';
import { runText, worldLines, worldsOf } from './of-one-run.ts';
import { axis, panels, SCHEMA } from './parts.ts';

export const runMargin: ReplayedFigure = {
  id: 'run-margin',
  of: 'replayed',
  draw(results) {
    const { policy, shock, run } = results;
    const values = worldsOf(results, ({ second, initial, maintenance }) => ({
      second,
      initial,
      maintenance,
    })).filter(({ initial }) => Number.isFinite(initial));
    if (values.length === 0) return undefined;
    return {
      title: minus(`Margin over time, run ${run}, ${policy}, ${shock}`),
      shows:
        'What all open positions together must have, as a share of their value: a line that rises in the fall asks for money ' +
        'when there is least. Positions that are closed leave the mean.',
      runs: runText(results),
      spec(layout) {
        const { columns, width, height } = panels(layout, 2, 2);
        const panel = (field: 'initial' | 'maintenance') => ({
          width,
          height,
          data: { values },
          mark: { type: 'line' as const, strokeWidth: 1.8 },
          encoding: {
            ...worldLines(layout, width),
            y: {
              field,
              type: 'quantitative' as const,
              title: `${field}, of positions’ value`,
              scale: { zero: true },
              axis: axis('.1~%', 5),
            },
          },
        });
        return {
          $schema: SCHEMA,
          columns,
          spacing: 24,
          concat: [panel('initial'), panel('maintenance')],
        };
      },
    };
  },
};
