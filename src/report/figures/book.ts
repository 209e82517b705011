/** What becomes of the book through the shock: its depth, and its spread. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, dashed, panels, runsText, SCHEMA, ticksIn } from './parts.ts';
import { PATH_BANDS, pathOf, pathQuestion, SECONDS_AXIS } from './paths.ts';

export const book: RunFigure = {
  id: 'book',
  of: 'market',
  question: {
    tables: ['prices'],
    sql: pathQuestion({ depth: 'bid_depth / origin.bid_depth', spread: 'spread' }),
  },
  draw(results, rows) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const depth = pathOf(rows, shock, policies, 'depth');
    // A logarithm has no place for a spread of nothing, such as in a crossed moment of an auction.
    const spread = pathOf(rows, shock, policies, 'spread').filter(({ low }) => low > 0);
    if (depth.length === 0 || spread.length === 0) return undefined;
    return {
      title: minus(`Depth and spread, ${shock}`),
      shows: `Bids within 1 % of the middle against those at the shock, and best ask less best bid.${shownText(results)}`,
      runs: runsText(results),
      bands: PATH_BANDS,
      spec(layout) {
        const { columns, width, height } = panels(layout, 2);
        const panel = (values: readonly object[], y: object) => ({
          width,
          height,
          data: { values: [...values] },
          encoding: {
            x: { ...SECONDS_AXIS, axis: axis(',~f', ticksIn(width)) },
            color: coloured(layout, policies, 'lines'),
          },
          layer: [
            {
              mark: { type: 'area' as const, opacity: 0.14, aria: false },
              encoding: { y: { field: 'low', type: 'quantitative' as const, ...y }, y2: { field: 'high' } },
            },
            {
              mark: { type: 'line' as const },
              encoding: {
                y: { field: 'value', type: 'quantitative' as const },
                strokeDash: dashed(layout, policies),
              },
            },
          ],
        });
        return {
          $schema: SCHEMA,
          columns,
          spacing: 24,
          concat: [
            panel(depth, { title: 'bids, of those at the shock', axis: axis('~%') }),
            panel(spread, { title: 'spread, ticks', scale: { type: 'log' }, axis: axis(',~f', 4) }),
          ],
        };
      },
    };
  },
};
