/** Procyclicality's results as a table: one row a margin. */
import pc from 'picocolors';
import type { Summary } from '../../models/model.ts';
import { marginColumns } from '../../report/words/margin-columns.ts';
import { estimateCell } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateIn } from '../../stats/estimate.ts';

const LEGEND =
  'Calls and margins as shares of notional. Over several paths: medians, of mean margin and breaches means, with 95 % ' +
  'intervals. Of one path only breaches have an interval (binomial, of horizons that do not overlap).';

export function procyclicalityReport(summary: Summary): string {
  const rows = summary.cells.map(({ labels, metrics }) => {
    const cell = ([, metric, format]: (typeof marginColumns)[number]): string => {
      const estimate = estimateIn(metrics, metric);
      return estimateCell(estimate, format);
    };
    return [labels['margin']!, ...marginColumns.map(cell)];
  });
  return [
    tableOfRows(['margin', ...marginColumns.map(([head]) => head)], rows),
    pc.dim(wrapped(LEGEND, widthOf(process.stdout))),
  ].join('\n');
}
