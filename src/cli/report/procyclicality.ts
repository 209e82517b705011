/** Procyclicality's results as a table: one row a margin. */
import pc from 'picocolors';
import type { Summary } from '../../models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Format } from '../../report/words/numbers.ts';
import { estimateCell, percent, plain } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

const fine: Format = (value) => (Number.isFinite(value) ? `${(100 * value).toFixed(2)} %` : '–');

const COLUMNS: readonly (readonly [head: string, metric: string, format: Format])[] = [
  ['peak to\ntrough', 'peak_to_trough', plain],
  ['rise from\na low', 'trough_to_peak', plain],
  ['1-day\ncall', 'call_1d', percent],
  ['5-day\ncall', 'call_5d', percent],
  ['30-day\ncall', 'call_30d', percent],
  ['mean\nmargin', 'mean_margin', percent],
  ['breaches,\nlong', 'breaches', fine],
  ['breaches,\nshort', 'breaches_short', fine],
];

const LEGEND =
  'Calls and margins as shares of notional. Over several paths: medians, of mean margin and breaches means, with 95 % ' +
  'intervals. Of one path only breaches have an interval (binomial, of horizons that do not overlap).';

export function procyclicalityReport(summary: Summary): string {
  const rows = summary.cells.map(({ labels, metrics }) => {
    const cell = ([, metric, format]: (typeof COLUMNS)[number]): string => {
      const estimate = metrics[metric] as Estimate;
      return estimateCell(estimate, format);
    };
    return [labels['margin']!, ...COLUMNS.map(cell)];
  });
  return [
    tableOfRows(['margin', ...COLUMNS.map(([head]) => head)], rows),
    pc.dim(wrapped(LEGEND, widthOf(process.stdout))),
  ].join('\n');
}
