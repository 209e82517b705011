/** The liquidation map just before the shock: positions that break at each step of the price, against the orders that would take them. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { OTHERS, SERIES } from '../theme.ts';
import { minus } from '../words/numbers.ts';
import { policyPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';

const DEPTH = 'orders resting there';
const BREAKING = 'positions that break there';

export const liquidationMap: RunFigure = {
  id: 'liquidation-map',
  of: 'market',
  question: {
    tables: ['map'],
    sql:
      "select policy, shock, case side when 'below' then -percent else percent end as step, quantile_cont(breaking, 0.5) as breaking, " +
      'quantile_cont(depth, 0.5) as depth from map where instrument = (select min(instrument) from map) group by all order by all',
  },
  draw(results, rows) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const values = rows
      .filter((row) => row['shock'] === shock && policies.includes(String(row['policy'])))
      .flatMap((row) => {
        const [policy, step] = [String(row['policy']), Number(row['step'])];
        const middle = (step - Math.sign(step) / 2) / 100; // of a step of 1 %
        return [
          { policy, step: middle, what: DEPTH, money: Number(row['depth']) },
          { policy, step: middle, what: BREAKING, money: Number(row['breaking']) },
        ];
      });
    if (values.every(({ what, money }) => what !== BREAKING || money === 0)) return undefined;
    const drawn = [DEPTH, BREAKING];
    return {
      title: minus(`Liquidation map before the shock, ${shock}`),
      shows:
        `What would break, and what would take it, at each step of 1 % from the mark: medians over runs. Where more breaks ` +
        `than rests, a fall feeds itself.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width, height } = sharedPanels(layout, policies.length);
        return {
          $schema: SCHEMA,
          ...policyPanels(values, policies),
          columns,
          spec: {
            width,
            height,
            mark: { type: 'line', interpolate: 'step', strokeWidth: 2 },
            encoding: {
              x: {
                field: 'step',
                type: 'quantitative',
                title: 'from the mark',
                axis: axis('~%', ticksIn(width)),
              },
              y: {
                field: 'money',
                type: 'quantitative',
                title: `${results.money} in a step of 1 %`,
                scale: { type: 'symlog', constant: scaleOf(values) },
                axis: axis('~s', 4),
              },
              color: {
                field: 'what',
                type: 'nominal',
                sort: drawn,
                scale: { domain: drawn, range: [SERIES[0]!.light, (SERIES[1] ?? OTHERS).light] },
                legend: { title: null, symbolType: 'stroke', columns: layout.width < 500 ? 1 : 2 },
              },
              strokeDash: {
                field: 'what',
                type: 'nominal',
                sort: drawn,
                scale: { domain: drawn, range: [[], [6, 3]] },
                legend: { title: null, symbolType: 'stroke', columns: layout.width < 500 ? 1 : 2 },
              },
            },
          },
        };
      },
    };
  },
};

/** Up to here the axis is straight: a hundredth of the largest. */
function scaleOf(values: readonly { readonly money: number }[]): number {
  return Math.max(1, ...values.map(({ money }) => money)) / 100;
}
