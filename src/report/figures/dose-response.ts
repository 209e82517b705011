/** Dose and response: what becomes of a run as the shock grows. */
import type { CellSummary } from '../../models/model.ts';
import { cellsUnder, dosesOf, estimateIn, shocksOf, shownPolicies, shownText } from '../focus.ts';
import type { RunResults } from '../results.ts';
import type { RunFigure } from './figure.ts';
import {
  axis,
  coloured,
  fields,
  INTERVALS,
  panels,
  runsText,
  SCHEMA,
  shaped,
  ticksIn,
  titled,
} from './parts.ts';

const RESPONSES = [
  { metric: 'p_systemic', title: () => 'P(cascade)', format: ',~f' },
  { metric: 'share_mean', title: () => 'liquidated, share of open interest', format: '~%' },
  { metric: 'bad_debt', title: (money: string) => `bad debt, ${money} a run`, format: '~s' },
] as const;

/** Up to so many doses stand under the axis as they are. */
const MOST_LABELS = 6;

/** How many ticks: more doses than that would be thinned out. */
const labelled = (doses: number, width: number): number => (doses <= MOST_LABELS ? doses : ticksIn(width));

export const doseResponse: RunFigure = {
  id: 'dose-response',
  of: 'market',
  draw(results) {
    const shocks = shocksOf(results);
    if (shocks.length < 2) return undefined;
    const policies = shownPolicies(results);
    const doses = dosesOf(shocks);
    const sizeOf = new Map(doses?.doses.map(({ shock, size }) => [shock, size]));
    const rowsOf = (metric: string) =>
      shocks.flatMap((shock) =>
        known(results, shock, policies, metric).map((cell) => ({
          policy: cell.labels['policy']!,
          shock: titled(shock),
          size: sizeOf.get(shock) ?? null,
          ...fields(estimateIn(cell, metric)),
        })),
      );
    const responses = RESPONSES.filter(({ metric }) => rowsOf(metric).length > 0);
    if (responses.length === 0) return undefined;
    return {
      title: 'Dose and response',
      shows: `What becomes of a run as the shock grows.${shownText(results)}`,
      runs: runsText(results),
      bands: INTERVALS,
      spec(layout) {
        const { columns, width, height } = panels(layout, responses.length);
        const falling = doses?.doses.every(({ size }) => size < 0) === true;
        const x =
          doses === undefined
            ? ({
                field: 'shock',
                type: 'nominal',
                sort: null,
                title: null,
                axis: { labelAngle: -25 },
              } as const)
            : ({
                field: 'size',
                type: 'quantitative',
                title: titled(doses.axis),
                scale: { zero: false, reverse: falling, nice: true },
                axis: {
                  ...axis('~s', labelled(doses.doses.length, width)),
                  ...(doses.doses.length <= MOST_LABELS && {
                    values: doses.doses.map(({ size }) => size),
                    labelOverlap: 'greedy' as const,
                    // As they are: a tick's own label is rounded to the distance between ticks.
                    labelExpr: "replace(format(datum.value, '~s'), /([GMkmµ])$/, ' $1')",
                  }),
                },
              } as const);
        return {
          $schema: SCHEMA,
          columns,
          spacing: 24,
          concat: responses.map(({ metric, title, format }) => ({
            width,
            height,
            data: { values: rowsOf(metric) },
            encoding: { x, color: coloured(layout, policies) },
            layer: [
              {
                mark: { type: 'rule' as const, aria: false },
                encoding: {
                  y: {
                    field: 'low',
                    type: 'quantitative' as const,
                    title: title(results.money),
                    axis: axis(format),
                  },
                  y2: { field: 'high' },
                },
              },
              {
                mark: { type: 'line' as const },
                encoding: { y: { field: 'value', type: 'quantitative' as const } },
              },
              {
                mark: { type: 'point' as const },
                encoding: {
                  y: { field: 'value', type: 'quantitative' as const },
                  shape: shaped(layout, policies),
                },
              },
            ],
          })),
        };
      },
    };
  },
};

function known(
  results: RunResults,
  shock: string,
  policies: readonly string[],
  metric: string,
): CellSummary[] {
  return cellsUnder(results, shock).filter(
    (cell) => policies.includes(cell.labels['policy'] ?? '') && !Number.isNaN(estimateIn(cell, metric).value),
  );
}
