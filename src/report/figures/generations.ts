/** The cascade by generation: accounts that others triggered, accounts that these triggered, and so on. */
import { shownPolicies, shownText } from '../focus.ts';
import { rowsOf, shockPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, runsText, SCHEMA, shaped, sharedPanels, ticksIn } from './parts.ts';
import { BEGUN } from './paths.ts';

export const generations: RunFigure = {
  id: 'generations',
  of: 'market',
  question: {
    tables: ['liquidations', 'prices'],
    sql:
      `with begun as (${BEGUN}), first as (select policy, shock, run, account, min(generation) as generation ` +
      'from liquidations join begun using (policy, shock, run) where time_s >= began group by all) ' +
      'select policy, shock, generation, count(*) as accounts from first group by all order by all',
  },
  draw(results, rows) {
    const policies = shownPolicies(results);
    const panels = shockPanels(results);
    const values = panels.each((cell, shock, name) =>
      rowsOf(rows, cell, shock).map((row) => ({
        policy: String(row['policy']),
        shock: name,
        generation: Number(row['generation']),
        accounts: Number(row['accounts']) / cell.runs,
      })),
    );
    if (values.length === 0) return undefined;
    return {
      title: 'The cascade by generation',
      shows: `Accounts of a run, on average, in each generation: 1 was triggered by ordinary flow, 2 by accounts of 1, and so on.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width, height } = sharedPanels(layout, panels.count);
        return {
          $schema: SCHEMA,
          data: { values },
          facet: panels.facet,
          columns,
          spec: {
            width,
            height,
            encoding: {
              x: {
                field: 'generation',
                type: 'quantitative',
                title: 'generation',
                scale: { zero: false, nice: false },
                axis: { tickMinStep: 1, format: 'd', tickCount: ticksIn(width) },
              },
              y: {
                field: 'accounts',
                type: 'quantitative',
                title: 'accounts a run',
                scale: { type: 'log' },
                axis: axis(',~f', 5),
              },
              color: coloured(layout, policies),
            },
            layer: [
              { mark: { type: 'line' } },
              { mark: { type: 'point' }, encoding: { shape: shaped(layout, policies) } },
            ],
          },
        };
      },
    };
  },
};
