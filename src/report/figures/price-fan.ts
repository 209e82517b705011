/** The fan of price paths: where the price goes from the shock on, in half of the runs and in nearly all. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import { policyPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';
import { PATH_BANDS, pathOf, pathQuestion, SECONDS_AXIS } from './paths.ts';

export const priceFan: RunFigure = {
  id: 'price-fan',
  of: 'market',
  question: {
    tables: ['prices'],
    sql: pathQuestion({ change: 'middle / origin.middle - 1' }),
  },
  draw(results, rows) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const values = pathOf(rows, shock, policies, 'change');
    if (values.length === 0) return undefined;
    return {
      title: minus(`Paths of the price, ${shock}`),
      shows: `The middle of the book against its value at the shock, of the first instrument.${shownText(results)}`,
      runs: runsText(results),
      bands: PATH_BANDS,
      spec(layout) {
        const { columns, width, height } = sharedPanels(layout, policies.length);
        const color = { ...coloured(layout, policies, 'lines'), legend: null };
        return {
          $schema: SCHEMA,
          ...policyPanels(values, policies),
          columns,
          spec: {
            width,
            height,
            encoding: { x: { ...SECONDS_AXIS, axis: axis(',~f', ticksIn(width)) }, color },
            layer: [
              {
                mark: { type: 'area', opacity: 0.22, aria: false },
                encoding: {
                  y: { field: 'low', type: 'quantitative', title: 'change of the price', axis: axis('.1~%') },
                  y2: { field: 'high' },
                },
              },
              { mark: { type: 'line' }, encoding: { y: { field: 'value', type: 'quantitative' } } },
            ],
          },
        };
      },
    };
  },
};
