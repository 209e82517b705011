/** How large cascades are: the probability that at least so many accounts are liquidated. */
import type { CellSummary } from '../../models/model.ts';
import { survivalBand } from '../../stats/intervals/survival.ts';
import { shownPolicies, shownText } from '../focus.ts';
import type { Row } from '../results.ts';
import { shockPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, dashed, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';

/** Sizes at which a curve is drawn, at most. */
const MOST_SIZES = 40;

export const survival: RunFigure = {
  id: 'survival',
  of: 'market',
  question: {
    tables: ['runs'],
    sql: 'select policy, shock, accounts, count(*) as runs from runs group by all order by all',
  },
  draw(results, rows) {
    const policies = shownPolicies(results);
    const panels = shockPanels(results);
    const points = panels.each((cell, shock, short) => curve(cell, { shock, short }, rows));
    if (points.every(({ at, value }) => at <= 1 || value === 0)) return undefined;
    const isLog = isHeavy(points);
    return {
      title: 'How large cascades are',
      shows: `The height of a curve is the probability that at least so many accounts are liquidated in a run.${shownText(results)}`,
      runs: runsText(results),
      bands: '95 % bands that hold at all sizes at once',
      spec(layout) {
        const { columns, width, height } = sharedPanels(layout, panels.count);
        const x = {
          field: 'at',
          type: 'quantitative' as const,
          title: 'accounts liquidated',
          scale: isLog ? { type: 'log' as const, nice: false } : { zero: false, nice: true },
          axis: axis('~s', ticksIn(width)),
        };
        const color = coloured(layout, policies, 'lines');
        return {
          $schema: SCHEMA,
          data: { values: points },
          facet: panels.facet,
          columns,
          spec: {
            width,
            height,
            encoding: { x, color },
            layer: [
              {
                mark: { type: 'area', opacity: 0.14, interpolate: 'step-before', aria: false },
                encoding: {
                  y: {
                    field: 'low',
                    type: 'quantitative',
                    title: 'P(size ≥ x)',
                    scale: { domain: [0, 1] },
                    axis: axis(',~f'),
                  },
                  y2: { field: 'high' },
                },
              },
              {
                mark: { type: 'line', interpolate: 'step-before' },
                encoding: {
                  y: { field: 'value', type: 'quantitative' },
                  strokeDash: dashed(layout, policies),
                },
              },
            ],
          },
        };
      },
    };
  },
};

interface Point {
  readonly policy: string;
  readonly shock: string;
  readonly at: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Named {
  readonly shock: string;
  readonly short: string;
}

/** From the runs where they are at hand, else from the sizes that the summary has. */
function curve(cell: CellSummary, { shock, short }: Named, rows: readonly Row[]): Point[] {
  const policy = cell.labels['policy']!;
  const own = rows.filter((row) => row['policy'] === policy && row['shock'] === shock);
  const named = { policy, shock: short };
  if (own.length === 0) {
    const told = (cell.metrics['survival'] as { accounts?: readonly Curve[] } | undefined)?.accounts ?? [];
    return told.map(({ at, value, band_low, band_high }) => ({
      ...named,
      at,
      value,
      low: band_low,
      high: band_high,
    }));
  }
  const sizes = own.flatMap((row) => Array<number>(Number(row['runs'])).fill(Number(row['accounts'])));
  const distinct = [...new Set(sizes)].sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(distinct.length / MOST_SIZES));
  const chosen = distinct.filter((_, i) => i % step === 0 || i === distinct.length - 1);
  // A little to the left of the smallest, where the curve is 1, and to the right of the largest, where it is 0.
  const at = [
    ...new Set([
      Math.max(1, Math.floor(0.9 * distinct[0]!)),
      ...chosen.filter((size) => size > 1),
      distinct.at(-1)! + 1,
    ]),
  ];
  return survivalBand(sizes, at).map((point) => ({ ...named, ...point }));
}

interface Curve {
  readonly at: number;
  readonly value: number;
  readonly band_low: number;
  readonly band_high: number;
}

/** The largest is far from the middle one: then small ones would be lost at the left end. */
function isHeavy(points: readonly Point[]): boolean {
  const sizes = (probability: number): number[] =>
    points.filter(({ value }) => value >= probability).map(({ at }) => at);
  return Math.max(...sizes(1e-9)) > 20 * Math.max(1, ...sizes(0.5));
}
