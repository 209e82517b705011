/** The branching ratio through the shock: how many accounts each liquidated one triggers. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import { metricsUnder } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, runsText, SCHEMA, shaped, ZERO_LINE } from './parts.ts';

/** Of the metrics `branching_…`, in seconds since the shock. */
const BINS = [
  ['branching_0s', '0–10'],
  ['branching_10s', '10–30'],
  ['branching_30s', '30–60'],
  ['branching_60s', '60–120'],
  ['branching_120s', '> 120'],
] as const;

export const branching: RunFigure = {
  id: 'branching',
  of: 'market',
  draw(results) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const values = metricsUnder(results, shock, BINS, 'bin', Number.isFinite);
    if (values.length === 0) return undefined;
    return {
      title: minus(`Branching over time, ${shock}`),
      shows: `Accounts that one liquidated account triggers, by when it was liquidated. Above 1 a cascade feeds itself.${shownText(results)}`,
      runs: runsText(results),
      bands: '95 % intervals of a ratio over runs (jackknife)',
      spec(layout) {
        const x = {
          field: 'bin',
          type: 'ordinal' as const,
          sort: BINS.map(([, bin]) => bin),
          title: 's since the shock began',
          axis: { labelAngle: 0 },
        };
        const xOffset = { field: 'policy', sort: [...policies], scale: { domain: [...policies] } };
        return {
          $schema: SCHEMA,
          width: layout.width - 70,
          height: 220,
          data: { values },
          encoding: { color: coloured(layout, policies) },
          layer: [
            {
              ...ZERO_LINE,
              data: { values: [{}] },
              encoding: { y: { datum: 1 }, color: { value: ZERO_LINE.mark.color } },
            },
            {
              mark: { type: 'rule', aria: false },
              encoding: {
                x,
                xOffset,
                y: {
                  field: 'low',
                  type: 'quantitative',
                  title: 'accounts triggered by one',
                  axis: axis(',~f'),
                },
                y2: { field: 'high' },
              },
            },
            {
              mark: { type: 'point' },
              encoding: {
                x,
                xOffset,
                y: { field: 'value', type: 'quantitative' },
                shape: shaped(layout, policies),
              },
            },
          ],
        };
      },
    };
  },
};
