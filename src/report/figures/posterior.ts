/** What data leave possible of each setting, within the range that was allowed. */
import type { ParameterResult } from '../../design/calibrate/posterior.ts';
import { log } from '../../core/maths.ts';
import type { CalibrateResults } from '../results.ts';
import { GRID, SERIES } from '../theme.ts';
import type { Figure } from './figure.ts';
import { isNarrow } from './figure.ts';
import { axis, SCHEMA } from './parts.ts';

const VERDICTS = ['identified', 'weakly', 'not identified'] as const;

export const posterior: Figure<CalibrateResults> = {
  id: 'posterior',
  of: 'calibrate',
  draw({ result: { parameters, usable, keep, points } }) {
    if (parameters.length === 0) return undefined;
    const values = parameters.map((one) => ({
      setting: one.path,
      verdict: one.verdict,
      median: placeIn(one, one.median),
      low: placeIn(one, one.interval.low),
      high: placeIn(one, one.interval.high),
    }));
    const settings = parameters.map(({ path }) => path);
    return {
      title: 'What the data leave possible',
      shows:
        'Each setting within the range that was allowed, from its one end (0) to the other (1): the narrower the bar, the more the data say.',
      runs: `n = ${points.length} markets drawn, ${usable} of them with all moments, ${keep} kept`,
      bands: 'bars are the central 90 % of the posterior, points its median',
      spec(layout) {
        const longest = Math.max(...settings.map((path) => path.length));
        const y = { field: 'setting', type: 'nominal' as const, sort: settings, title: null };
        const color = {
          field: 'verdict',
          type: 'nominal' as const,
          sort: null,
          scale: { domain: [...VERDICTS], range: [SERIES[2]!.light, SERIES[4]!.light, SERIES[1]!.light] },
          legend: { title: null, columns: isNarrow(layout) ? 1 : VERDICTS.length },
        };
        const x = (field: string) => ({
          field,
          type: 'quantitative' as const,
          title: 'place within the range',
          scale: { domain: [0, 1] },
          axis: axis(',~f', 5),
        });
        return {
          $schema: SCHEMA,
          width: Math.max(120, layout.width - 30 - Math.min(220, longest * 7)),
          height: settings.length * 26,
          data: { values },
          encoding: { y: { ...y, axis: { grid: false, labelLimit: 220 } } },
          layer: [
            {
              mark: { type: 'rule', strokeWidth: 12, color: GRID.light, aria: false },
              encoding: { x: { datum: 0, type: 'quantitative' }, x2: { datum: 1 } },
            },
            {
              mark: { type: 'rule', strokeWidth: 5, aria: false },
              encoding: { x: x('low'), x2: { field: 'high' }, color },
            },
            { mark: { type: 'point', size: 70 }, encoding: { x: x('median'), color } },
          ],
        };
      },
    };
  },
};

/** From 0 to 1, as points are drawn within the range. */
function placeIn({ low, high, scale }: ParameterResult, value: number): number {
  if (scale === 'log') return log(value / low) / log(high / low);
  return (value - low) / (high - low);
}
