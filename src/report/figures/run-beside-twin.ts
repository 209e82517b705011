/** One run beside its twin: the price, the book's depth, and the forced orders that only the run has. */
import { SERIES } from '../theme.ts';
import { minus } from '../words/numbers.ts';
import type { ReplayedFigure } from './figure.ts';
import { runText, worldLines, worldsOf } from './of-one-run.ts';
import { axis, SCHEMA } from './parts.ts';

/** Axes of panels that stand over each other begin at one place. */
const left = (format: '~s' | ',~f', ticks: number) => ({ ...axis(format, ticks), minExtent: 48 });

export const runBesideTwin: ReplayedFigure = {
  id: 'run',
  of: 'replayed',
  draw(results) {
    const { money, portrait, policy, shock, run } = results;
    const step_s = portrait.run.length < 2 ? 1 : portrait.run[1]!.second - portrait.run[0]!.second;
    const forced = portrait.run
      .filter((moment) => moment.forced > 0)
      .map(({ second, forced: amount }) => ({ from: second - step_s, second, forced: amount }));
    const values = worldsOf(results, ({ second, price, depth }) => ({ second, price, depth }));
    return {
      title: minus(`Run ${run} beside its twin, ${policy}, ${shock}`),
      shows:
        'The same traders and the same luck, with and without the liquidation engine: price of the last trade, bids within ' +
        '1 % of the middle, and what forced orders traded.',
      runs: runText(results),
      spec(layout) {
        const width = layout.width - 90;
        const lines = worldLines(layout, width);
        const panel = (field: 'price' | 'depth', title: string, y: object, height: number) => ({
          width,
          height,
          data: { values },
          mark: { type: 'line' as const, strokeWidth: 1.8 },
          encoding: { ...lines, y: { field, type: 'quantitative' as const, title, ...y } },
        });
        const first = Math.min(...portrait.run.map(({ second }) => second));
        const last = Math.max(...portrait.run.map(({ second }) => second));
        return {
          $schema: SCHEMA,
          columns: 1,
          spacing: 14,
          concat: [
            panel('price', `price, ${money}`, { scale: { zero: false }, axis: left(',~f', 5) }, 190),
            panel('depth', `bids near, ${money}`, { scale: { zero: true }, axis: left('~s', 4) }, 110),
            {
              width,
              height: 110,
              data: { values: forced },
              mark: { type: 'bar' as const, color: SERIES[1]!.light, opacity: 1 },
              encoding: {
                x: { ...lines.x, field: 'from', scale: { domain: [first, last], nice: false } },
                x2: { field: 'second' },
                y: {
                  field: 'forced',
                  type: 'quantitative' as const,
                  title: `forced, ${money}`,
                  axis: left('~s', 4),
                },
                y2: { datum: 0 },
              },
            },
          ],
        };
      },
    };
  },
};
