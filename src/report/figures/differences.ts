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
    const bases = [...new Set(comparisons.map((one) => one.against))];
    const [against] = bases;
    if (against === undefined) return undefined;
    // Of several venues each policy has more than one other that it is compared with.
    const nameOf = ({ labels, against: base }: (typeof comparisons)[number]): string =>
      bases.length === 1 ? labels['policy']! : `${labels['policy']!} less ${base}`;
    const found = comparisons.filter(
      ({ labels }) => policies.includes(labels['policy']!) && shocks.includes(labels['shock']!),
    );
    const rowsOf = (metric: string) =>
      found.flatMap((one) => {
        const { labels, metrics } = one;
        const estimate = metrics[metric] as Estimate | undefined;
        if (estimate === undefined || !Number.isFinite(estimate.value)) return [];
        const shock = short[shocks.indexOf(labels['shock']!)]!;
        return [{ name: nameOf(one), policy: shock, ...fields(estimate) }];
      });
    const shown = METRICS.filter(([metric]) => rowsOf(metric).length > 0);
    if (shown.length === 0) return undefined;
    const names =
      bases.length === 1 ? policies.filter((name) => name !== against) : [...new Set(found.map(nameOf))];
    const more = policiesOf(results).length - policies.length;
    return {
      title: bases.length === 1 ? `Differences to ${against}` : 'Differences of policies and venues',
      shows:
        `${bases.length === 1 ? `Each policy less ${against}` : 'Each two'}, run by run on the same luck: left of the line is less of it.` +
        (more > 0 ? ` ${more} more policies: unwind compare.` : ''),
      runs: runsText(results),
      bands: OF_DIFFERENCES,
      spec(layout) {
        const longest = Math.max(...names.map((name) => name.length));
        const { columns, width } =
          bases.length === 1
            ? panels(layout, shown.length, 3, 70)
            : panels(layout, shown.length, 2, Math.min(230, longest * 7));
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
