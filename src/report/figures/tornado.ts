/** What the difference of two policies depends on: one setting of the market at a time, moved by what the data leave open. */
import { unitOf } from '../words/compared.ts';
import { minus } from '../words/numbers.ts';
import type { MarketsResults } from '../results.ts';
import { INK, SERIES } from '../theme.ts';
import type { Figure } from './figure.ts';
import { axis, panels, SCHEMA } from './parts.ts';

const MOST_PANELS = 4;
const MOST_BARS = 8;

export const tornado: Figure<MarketsResults> = {
  id: 'tornado',
  of: 'markets',
  draw({ result: { metrics, tornadoes, money, runs } }) {
    const shown = tornadoes
      .flatMap((one, i) => {
        const bars = one.bars.filter(({ swing }) => Math.abs(swing) > 0).slice(0, MOST_BARS);
        const { metric } = metrics[i]!;
        return metric.role === 'other' || bars.length === 0 ? [] : [{ ...one, bars, metric }];
      })
      .slice(0, MOST_PANELS);
    if (shown.length === 0) return undefined;
    return {
      title: 'What the difference of two policies depends on',
      shows:
        'In the middle of the posterior one setting at a time is moved by one standard deviation of it either way, on the same luck: how far that moves the difference.',
      runs: `n = ${runs} ${runs === 1 ? 'run' : 'runs'} of each point`,
      bands: 'lines are one standard error over runs',
      spec(layout) {
        const names = shown.flatMap(({ bars }) => bars.map(({ path }) => path));
        const room = Math.min(220, Math.max(...names.map((name) => name.length)) * 6.5 + 16);
        const { columns, width } = panels(layout, shown.length, 2, room);
        return {
          $schema: SCHEMA,
          columns,
          spacing: 22,
          concat: shown.map(({ policies, bars, metric }) => ({
            title: {
              text: minus(`${metric.title}, ${policies[0]} less ${policies[1]}`),
              fontSize: 11.5,
              limit: layout.width,
            },
            width,
            height: bars.length * 22,
            data: {
              values: bars.map(({ path, swing, error }) => ({
                path,
                swing,
                low: swing - (Number.isFinite(error) ? error : 0),
                high: swing + (Number.isFinite(error) ? error : 0),
              })),
            },
            encoding: {
              y: { field: 'path', type: 'nominal' as const, sort: null, title: null, axis: { grid: false } },
            },
            layer: [
              {
                mark: { type: 'bar' as const, color: SERIES[0]!.light, opacity: 1 },
                encoding: {
                  x: {
                    field: 'swing',
                    type: 'quantitative' as const,
                    title: `swing of the difference${unitOf(metric, `, ${money}`).replace(' ,', ',')}`,
                    axis: axis(metric.unit === 'share' ? '.1~%' : '~s', 4),
                  },
                },
              },
              {
                mark: { type: 'rule' as const, color: INK.light, aria: false },
                encoding: { x: { field: 'low', type: 'quantitative' as const }, x2: { field: 'high' } },
              },
            ],
          })),
        };
      },
    };
  },
};
