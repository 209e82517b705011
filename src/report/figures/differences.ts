/** Forest plot of paired differences: each policy less the first one, on the same luck. */
import type { Estimate } from '../../stats/estimate.ts';
import { policiesOf, shockNames, shownPolicies, shownShocks } from '../focus.ts';
import type { RunFigure } from './figure.ts';
import {
  axis,
  coloured,
  fields,
  OF_DIFFERENCES,
  panels,
  runsText,
  SCHEMA,
  shaped,
  ticksIn,
  ZERO_LINE,
} from './parts.ts';

const METRICS = [
  ['p_systemic', () => 'P(cascade)', ',~f'],
  ['share_mean', () => 'liquidated, of open interest', '~%'],
  ['bad_debt', (money: string) => `bad debt, ${money} a run`, '~s'],
] as const;

export const differences: RunFigure = {
  id: 'differences',
  of: 'market',
  draw(results) {
    const { comparisons } = results.manifest.summary;
    const policies = shownPolicies(results);
    const shocks = shownShocks(results);
    const { common, short } = shockNames(shocks);
    const against = comparisons[0]?.against;
    if (against === undefined) return undefined;
    const found = comparisons.filter(
      ({ labels }) => policies.includes(labels['policy']!) && shocks.includes(labels['shock']!),
    );
    const rowsOf = (metric: string) =>
      found.flatMap(({ labels, metrics }) => {
        const estimate = metrics[metric] as Estimate | undefined;
        if (estimate === undefined || !Number.isFinite(estimate.value)) return [];
        const shock = short[shocks.indexOf(labels['shock']!)]!;
        return [{ name: labels['policy']!, policy: shock, ...fields(estimate) }];
      });
    const shown = METRICS.filter(([metric]) => rowsOf(metric).length > 0);
    if (shown.length === 0) return undefined;
    const names = policies.filter((name) => name !== against);
    const more = policiesOf(results).length - policies.length;
    return {
      title: `Differences to ${against}`,
      shows:
        `Each policy less ${against}, run by run on the same luck: left of the line is less of it.` +
        (more > 0 ? ` ${more} more policies: unwind compare.` : ''),
      runs: runsText(results),
      bands: OF_DIFFERENCES,
      spec(layout) {
        const { columns, width } = panels(layout, shown.length, 3, 70);
        const titles = [...short];
        const y = {
          field: 'name',
          type: 'nominal' as const,
          sort: names,
          scale: { domain: names },
          title: null,
          axis: { grid: false },
        };
        const yOffset = { field: 'policy', sort: titles, scale: { domain: titles } };
        return {
          $schema: SCHEMA,
          columns,
          spacing: 20,
          concat: shown.map(([metric, title, format]) => ({
            width,
            height: names.length * Math.max(28, 18 * shocks.length),
            data: { values: rowsOf(metric) },
            encoding: { color: coloured(layout, titles, 'points', common) },
            layer: [
              {
                ...ZERO_LINE,
                data: { values: [{}] },
                encoding: { x: { datum: 0 }, color: { value: ZERO_LINE.mark.color } },
              },
              {
                mark: { type: 'rule' as const, aria: false },
                encoding: {
                  x: {
                    field: 'low',
                    type: 'quantitative' as const,
                    title: title(results.money),
                    axis: { ...axis(format, ticksIn(width)), grid: true },
                  },
                  x2: { field: 'high' },
                  y,
                  yOffset,
                },
              },
              {
                mark: { type: 'point' as const },
                encoding: {
                  x: { field: 'value', type: 'quantitative' as const },
                  y,
                  yOffset,
                  shape: shaped(layout, titles, common),
                },
              },
            ],
          })),
        };
      },
    };
  },
};
