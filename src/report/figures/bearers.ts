/** Who bore the losses beyond collateral: layer by layer of the waterfall. */
import { cellsUnder, shownPolicies, shockNames, shownShocks, shownText } from '../focus.ts';
import { OTHERS, SERIES } from '../theme.ts';
import type { RunFigure } from './figure.ts';
import { axis, IN_LINES, inLines, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';
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
    const shocks = shownShocks(results);
    const { common, short: names } = shockNames(shocks);
    const short = names.map(inLines);
    const values = shocks.flatMap((shock, i) =>
      cellsUnder(results, shock).flatMap(({ labels, runs }) =>
        rows
          .filter((row) => row['policy'] === labels['policy'] && row['shock'] === shock)
          .filter((row) => policies.includes(String(row['policy'])))
          .map((row) => ({
            policy: String(row['policy']),
            shock: short[i]!,
            layer: String(row['layer']),
            borne: Number(row['borne']) / runs,
          })),
      ),
    );
    if (values.length === 0) return undefined;
    const layers = [...new Set(values.map(({ layer }) => layer))];
    return {
      title: 'Who bore the losses',
      shows: `Losses beyond collateral, a run on average, by the layer of the waterfall that bore them.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width } = sharedPanels(layout, shocks.length, 3, 90);
        return {
          $schema: SCHEMA,
          data: { values },
          facet: {
            field: 'shock',
            type: 'nominal',
            sort: [...short],
            title: common === '' ? null : common,
            header: IN_LINES,
          },
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
