/** On how many plausible markets one policy is better than another: what of a ranking stands. */
import type { MarketsResults } from '../results.ts';
import { MUTED, SERIES } from '../theme.ts';
import type { Figure } from './figure.ts';
import { axis, fields, panels, SCHEMA } from './parts.ts';

/** Panels, and pairs of one, that a page has room for. */
const MOST_PANELS = 6;
const MOST_PAIRS = 10;
/** In this share of the markets a ranking counts as robust. */
const ROBUST = 0.8;

export const rankings: Figure<MarketsResults> = {
  id: 'rankings',
  of: 'markets',
  draw({ result: { metrics, usable, runs } }) {
    const shown = metrics
      .filter(
        ({ metric, pairs }) => metric.role !== 'other' && pairs.some(({ verdict }) => verdict !== 'tied'),
      )
      .slice(0, MOST_PANELS);
    if (shown.length === 0) return undefined;
    return {
      title: 'Which policy is better, over plausible markets',
      shows: `Share of the markets in which the first of two policies is better by each metric; right of the line at ${ROBUST * 100} % the order is robust.`,
      runs: `n = ${usable} markets of ${runs} ${runs === 1 ? 'run' : 'runs'}`,
      bands: '95 % intervals over markets',
      spec(layout) {
        const names = shown.flatMap(({ pairs }) =>
          pairs.map(({ policy, against }) => `${policy} over ${against}`),
        );
        const room = Math.min(200, Math.max(...names.map((name) => name.length)) * 6.5 + 16);
        const { columns, width } = panels(layout, shown.length, 2, room);
        return {
          $schema: SCHEMA,
          columns,
          spacing: 22,
          concat: shown.map(({ metric, pairs }) => {
            const rows = pairs.slice(0, MOST_PAIRS);
            return {
              title: { text: metric.title, fontSize: 11.5 },
              width,
              height: rows.length * 22,
              data: {
                values: rows.map(({ policy, against, in_worlds }) => ({
                  pair: `${policy} over ${against}`,
                  ...fields(in_worlds),
                })),
              },
              encoding: {
                y: {
                  field: 'pair',
                  type: 'nominal' as const,
                  sort: null,
                  title: null,
                  axis: { grid: false },
                },
              },
              layer: [
                {
                  mark: { type: 'rule' as const, color: MUTED.light, strokeDash: [3, 3] },
                  encoding: { x: { datum: ROBUST, type: 'quantitative' as const }, y: null } as never,
                },
                {
                  mark: { type: 'rule' as const, color: SERIES[0]!.light, aria: false },
                  encoding: {
                    x: {
                      field: 'low',
                      type: 'quantitative' as const,
                      title: 'better in so many markets',
                      scale: { domain: [0, 1] },
                      axis: axis('~%', 5),
                    },
                    x2: { field: 'high' },
                  },
                },
                {
                  mark: { type: 'point' as const, color: SERIES[0]!.light },
                  encoding: { x: { field: 'value', type: 'quantitative' as const } },
                },
              ],
            };
          }),
        };
      },
    };
  },
};
