/** Sobol indices: how much of an output's variance each setting explains, alone and with its interactions. */
import type { SensitivityResults } from '../results.ts';
import { SERIES } from '../theme.ts';
import type { Figure } from './figure.ts';
import { axis, fields, panels, SCHEMA } from './parts.ts';

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
        'Share of an output’s variance over the ranges that a setting explains alone (first order), and with all its interactions (total).',
      runs: `n = ${points.length} points of ${runs} runs`,
      bands: '95 % intervals (bootstrap over the design)',
      spec(layout) {
        const longest = Math.max(...settings.map((path) => path.length));
        const room = Math.min(230, longest * 7 + 20);
        const { columns, width } = panels(layout, known.length, 2, room);
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
            height: settings.length * 34,
            data: {
              values: settings.flatMap((setting, i) => [
                { setting, kind: KINDS[0], ...fields(found.first[i]!) },
                { setting, kind: KINDS[1], ...fields(found.total[i]!) },
              ]),
            },
            layer: [
              {
                mark: { type: 'bar' as const },
                encoding: {
                  x: {
                    field: 'value',
                    type: 'quantitative' as const,
                    title: 'share of variance',
                    axis: { ...axis(',', 4), grid: true },
                  },
                  y,
                  yOffset,
                  color,
                },
              },
              {
                mark: { type: 'rule' as const, aria: false },
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
