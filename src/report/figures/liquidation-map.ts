/** The liquidation map just before the shock: positions that break at each step of the price, against the orders that would take them. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import type { RunFigure } from './figure.ts';
import type { MapValue } from './map-panels.ts';
import { mapSpec, mapValues } from './map-panels.ts';
import { runsText } from './parts.ts';

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
      .flatMap((row): MapValue[] => {
        const [breaking, depth] = [Number(row['breaking']), Number(row['depth'])];
        return mapValues(String(row['policy']), Number(row['step']), breaking, depth);
      });
    if (!values.some(({ isBreaking, money }) => isBreaking && money > 0)) return undefined;
    return {
      title: minus(`Liquidation map before the shock, ${shock}`),
      shows:
        `What would break, and what would take it, at each step of 1 % from the mark: medians over runs. Where more breaks ` +
        `than rests, a fall feeds itself.${shownText(results)}`,
      runs: runsText(results),
      spec: (layout) => mapSpec(layout, values, policies, results.money),
    };
  },
};
