/** How large a forced sale the market absorbs: against the time it is sold in, or, of one window, with which probability. */
import type { Capacity } from '../../models/market/absorption-results.ts';
import { cellsUnder, shocksOf, shownPolicies, shownText } from '../focus.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, dashed, fields, SCHEMA, shaped } from './parts.ts';

export const absorption: RunFigure = {
  id: 'absorption',
  of: 'market',
  draw(results) {
    const policies = shownPolicies(results);
    const cells = cellsUnder(results, shocksOf(results)[0]!).filter(
      ({ labels, metrics }) => 'lac_curve' in metrics && policies.includes(labels['policy']!),
    );
    const curves = cells.map(({ labels, metrics }) => ({
      policy: labels['policy']!,
      curve: metrics['lac_curve'] as readonly Capacity[],
    }));
    const [first] = curves;
    if (first === undefined) return undefined;
    const [{ probability, continuations } = { probability: NaN, continuations: 0 }] = first.curve;
    const common = {
      title: 'Absorption capacity',
      runs: `n = ${continuations} continuations of each policy`,
      bands: '95 % intervals of the quantile (order statistics)',
    };
    if (first.curve.length === 1)
      return { ...common, ...byProbability(curves, results.money, shownText(results)) };
    const values = curves.flatMap(({ policy, curve }) =>
      curve
        .filter(({ value }) => Number.isFinite(value))
        .map((one) => ({ policy, window: one.window_s, ...fields(one) })),
    );
    return {
      ...common,
      shows:
        `The largest forced sale after which with probability ${probability} nobody owes more than his collateral and ` +
        `the price has stayed within its bound, by the time it is sold in.${shownText(results)}`,
      spec: (layout) => ({
        $schema: SCHEMA,
        width: layout.width - 90,
        height: 240,
        data: { values },
        encoding: {
          x: {
            field: 'window',
            type: 'quantitative',
            scale: { type: 'log' },
            title: 'sold over, s',
            axis: axis('~s', 5),
          },
          color: coloured(layout, policies),
        },
        layer: [
          {
            mark: { type: 'rule', aria: false },
            encoding: {
              y: {
                field: 'low',
                type: 'quantitative',
                title: `absorbed sale, ${results.money}`,
                axis: axis('~s'),
              },
              y2: { field: 'high' },
            },
          },
          { mark: { type: 'line' }, encoding: { y: { field: 'value', type: 'quantitative' } } },
          {
            mark: { type: 'point' },
            encoding: { y: { field: 'value', type: 'quantitative' }, shape: shaped(layout, policies) },
          },
        ],
      }),
    };
  },
};

interface Curve {
  readonly policy: string;
  readonly curve: readonly Capacity[];
}

/** Of one window: the share of continuations that absorb a sale, against its size. */
function byProbability(curves: readonly Curve[], money: string, more: string) {
  const values = curves.flatMap(({ policy, curve }) =>
    curve[0]!.absorbed.filter(({ size }) => Number.isFinite(size)).map((point) => ({ policy, ...point })),
  );
  const at = curves.flatMap(({ policy, curve: [one] }) =>
    Number.isFinite(one!.value) ? [{ policy, probability: one!.probability, ...fields(one!) }] : [],
  );
  const policies = curves.map(({ policy }) => policy);
  return {
    shows: `With which probability a forced sale is absorbed, by its size; the bar is the capacity, with its interval.${more}`,
    spec: (layout: { readonly width: number }) => ({
      $schema: SCHEMA,
      width: layout.width - 80,
      height: 240,
      encoding: { color: coloured(layout, policies, 'lines') },
      layer: [
        {
          data: { values },
          mark: { type: 'line' as const },
          encoding: {
            x: {
              field: 'size',
              type: 'quantitative' as const,
              title: `forced sale, ${money}`,
              axis: axis('~s'),
              scale: { zero: true },
            },
            y: {
              field: 'probability',
              type: 'quantitative' as const,
              title: 'P(absorbed)',
              scale: { domain: [0, 1] },
              axis: axis(',~f'),
            },
            order: { field: 'probability' },
            strokeDash: dashed(layout, policies),
          },
        },
        {
          data: { values: at },
          mark: { type: 'rule' as const, aria: false, strokeWidth: 4, opacity: 0.5 },
          encoding: {
            x: { field: 'low', type: 'quantitative' as const },
            x2: { field: 'high' },
            y: { field: 'probability', type: 'quantitative' as const },
          },
        },
      ],
    }),
  };
}
