/** Sobol indices: how much of an output's variance each setting explains, alone and with its interactions. */
import type { SobolIndices } from '../../stats/designs/sobol.ts';
import type { SensitivityResults } from '../results.ts';
import { INK, SERIES } from '../theme.ts';
import type { Figure } from './figure.ts';
import { axis, fields, panels, SCHEMA } from './parts.ts';

/** Names that take more leave no room for two panels. */
const MOST_ROOM = 120;

/** Of few points intervals may be any width: shares are read from 0 to 1. */
const RANGE = [-0.5, 1.5] as const;

const KINDS = ['first order', 'total'] as const;

export const indices: Figure<SensitivityResults> = {
  id: 'sobol',
  of: 'sensitivity',
  draw({ result: { parameters, outputs, points, runs } }) {
    const known = outputs.flatMap(({ output, indices: found }) =>
      found === undefined ? [] : [{ output, found }],
    );
    if (known.length === 0) return undefined;
    const settings = parameters.map(({ path }) => path);
    return {
      title: 'Which settings the results hang on',
      shows:
        'Share of an output’s variance over the ranges that a setting explains alone (first order), and with all its interactions (total).' +
        (known.some(({ found }) => isCut(found))
          ? ` Intervals are cut at ${RANGE.join(' and ').replace('-', '−')}.`
          : ''),
      runs: `n = ${points.length} points of ${runs} ${runs === 1 ? 'run' : 'runs'}`,
      bands: '95 % intervals (bootstrap over the design)',
      spec(layout) {
        const longest = Math.max(...settings.map((path) => path.length));
        const room = Math.min(230, longest * 7 + 20);
        const { columns, width } = panels(layout, known.length, room > MOST_ROOM ? 1 : 2, room);
        const color = {
          field: 'kind',
          type: 'nominal' as const,
          sort: [...KINDS],
          scale: { domain: [...KINDS], range: [SERIES[0]!.light, SERIES[4]!.light] },
          legend: { title: null },
        };
        const y = {
          field: 'setting',
          type: 'nominal' as const,
          sort: settings,
          title: null,
          axis: { grid: false },
        };
        const yOffset = { field: 'kind', sort: [...KINDS], scale: { domain: [...KINDS] } };
        return {
          $schema: SCHEMA,
          columns,
          spacing: 20,
          concat: known.map(({ output, found }) => ({
            title: output,
            width,
            height: settings.length * 42,
            data: {
              values: settings.flatMap((setting, i) => [
                { setting, kind: KINDS[0], ...fields(found.first[i]!) },
                { setting, kind: KINDS[1], ...fields(found.total[i]!) },
              ]),
            },
            layer: [
              {
                mark: { type: 'bar' as const, clip: true },
                encoding: {
                  x: {
                    field: 'value',
                    type: 'quantitative' as const,
                    title: 'share of variance',
                    scale: { domain: domainOf(found) },
                    axis: { ...axis(',~f', 4), grid: true },
                  },
                  y,
                  yOffset,
                  color,
                },
              },
              {
                mark: { type: 'rule' as const, color: INK.light, clip: true },
                encoding: {
                  x: { field: 'low', type: 'quantitative' as const },
                  x2: { field: 'high' },
                  y,
                  yOffset,
                },
              },
            ],
          })),
        };
      },
    };
  },
};

function isCut({ first, total }: SobolIndices): boolean {
  return [...first, ...total].some(({ low, high }) => low < RANGE[0] || high > RANGE[1]);
}

/** All of it from 0 to 1, and as far beyond as intervals go within RANGE. */
function domainOf({ first, total }: SobolIndices): [number, number] {
  const ends = [...first, ...total].flatMap(({ low, value, high }) => [low, value, high]);
  const known = ends.filter((end) => Number.isFinite(end));
  return [Math.max(RANGE[0], Math.min(0, ...known)), Math.min(RANGE[1], Math.max(1, ...known))];
}
