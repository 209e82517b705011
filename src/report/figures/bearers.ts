/** Who bore the losses beyond collateral: layer by layer of the waterfall. */
import { shownPolicies, shownText } from '../focus.ts';
import { OTHERS, SERIES } from '../theme.ts';
import { rowsOf, shockPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';
import { BEGUN } from './paths.ts';

export const bearers: RunFigure = {
  id: 'bearers',
  of: 'market',
  question: {
    tables: ['losses', 'prices'],
    sql:
      `with begun as (${BEGUN}) select policy, shock, layer, sum(greatest(borne, 0)) as borne from losses ` +
      'join begun using (policy, shock, run) where time_s >= began group by all having sum(greatest(borne, 0)) > 0 order by all',
  },
  draw(results, rows) {
    const policies = shownPolicies(results);
    const panels = shockPanels(results);
    const values = panels.each((cell, shock, name) =>
      rowsOf(rows, cell, shock).map((row) => ({
        policy: String(row['policy']),
        shock: name,
        layer: String(row['layer']),
        borne: Number(row['borne']) / cell.runs,
      })),
    );
    if (values.length === 0) return undefined;
    const layers = [...new Set(values.map(({ layer }) => layer))];
    return {
      title: 'Who bore the losses',
      shows: `Losses beyond collateral, a run on average, by the layer of the waterfall that bore them.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width } = sharedPanels(layout, panels.count, 3, 90);
        return {
          $schema: SCHEMA,
          data: { values },
          facet: panels.facet,
          columns,
          spec: {
            width,
            height: policies.length * 30,
            mark: { type: 'bar' },
            encoding: {
              y: {
                field: 'policy',
                type: 'nominal',
                sort: [...policies],
                title: null,
                scale: { domain: [...policies] },
                axis: { grid: false },
              },
              x: {
                field: 'borne',
                type: 'quantitative',
                title: `${results.money} a run`,
                axis: { ...axis('~s', ticksIn(width)), grid: true },
              },
              color: {
                field: 'layer',
                type: 'nominal',
                sort: layers,
                scale: { domain: layers, range: layers.map((_, i) => (SERIES[i] ?? OTHERS).light) },
                legend: { title: 'borne by' },
              },
            },
          },
        };
      },
    };
  },
};
