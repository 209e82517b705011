/** The cascade by generation: accounts that others triggered, accounts that these triggered, and so on. */
import { cellsUnder, shownPolicies, shockNames, shownShocks, shownText } from '../focus.ts';
import type { RunFigure } from './figure.ts';
import {
  axis,
  coloured,
  IN_LINES,
  inLines,
  runsText,
  SCHEMA,
  shaped,
  sharedPanels,
  ticksIn,
} from './parts.ts';
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
            generation: Number(row['generation']),
            accounts: Number(row['accounts']) / runs,
          })),
      ),
    );
    if (values.length === 0) return undefined;
    return {
      title: 'The cascade by generation',
      shows: `Accounts of a run, on average, in each generation: 1 was triggered by ordinary flow, 2 by accounts of 1, and so on.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width, height } = sharedPanels(layout, shocks.length);
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
