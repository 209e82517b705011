/** Procyclicality: how much each margin swings, what it costs, and how often it does not suffice. */
import { estimateIn } from '../focus.ts';
import type { RunFigure } from './figure.ts';
import { axis, fields, panels, SCHEMA } from './parts.ts';
import { SERIES } from '../theme.ts';

const MEASURES = [
  ['peak_to_trough', 'highest over lowest margin', ',~f'],
  ['call_1d', 'largest rise in a day, of notional', '~%'],
  ['mean_margin', 'mean margin, of notional', '~%'],
  ['breaches', 'breaches, of periods', '.1~%'],
] as const;

export const margins: RunFigure = {
  id: 'margins',
  of: 'margins',
  draw({ manifest }) {
    const { cells } = manifest.summary;
    const names = cells.map(({ labels }) => labels['margin']!);
    const rowsOf = (metric: string) =>
      cells.flatMap((cell) => {
        const estimate = estimateIn(cell, metric);
        return Number.isFinite(estimate.value) ? [{ name: cell.labels['margin']!, ...fields(estimate) }] : [];
      });
    const shown = MEASURES.filter(([metric]) => rowsOf(metric).length > 0);
    if (shown.length === 0) return undefined;
    const runs = cells[0]!.runs;
    return {
      title: 'Swings, cost and cover of each margin',
      shows:
        'A margin that swings little asks for more in calm times, or is breached more often: what one column wins another pays.',
      runs: runs === 1 ? 'n = 1 path' : `n = ${runs} paths`,
      bands: '95 % intervals where several paths, or periods that do not overlap, give them',
      spec(layout) {
        const longest = Math.max(...names.map((name) => name.length));
        const { columns, width } = panels(layout, shown.length, 2, Math.min(200, longest * 6.5 + 16));
        const y = {
          field: 'name',
          type: 'nominal' as const,
          sort: names,
          scale: { domain: names },
          title: null,
          axis: { offset: 6 }, // a point at 0 would lie on its name
        };
        return {
          $schema: SCHEMA,
          columns,
          spacing: 20,
          concat: shown.map(([metric, title, format]) => ({
            width,
            height: names.length * 20,
            data: { values: rowsOf(metric) },
            encoding: { y },
            layer: [
              {
                mark: { type: 'rule' as const, color: SERIES[0]!.light, aria: false },
                encoding: {
                  x: {
                    field: 'low',
                    type: 'quantitative' as const,
                    title,
                    scale: { zero: true },
                    axis: axis(format, 4),
                  },
                  x2: { field: 'high' },
                },
              },
              {
                mark: { type: 'point' as const, color: SERIES[0]!.light },
                encoding: { x: { field: 'value', type: 'quantitative' as const } },
              },
            ],
          })),
        };
      },
    };
  },
};
