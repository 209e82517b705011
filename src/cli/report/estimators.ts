/** Results of trials of estimators as a table: truth, mean estimate, coverage. */
import pc from 'picocolors';
import type { Summary } from '../../models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Format } from '../../report/words/numbers.ts';
import { estimateText } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';

const digits: Format = (value) => (Number.isFinite(value) ? value.toPrecision(4) : '–');
const percent: Format = (value) => `${(100 * value).toFixed(1)} %`;

export function estimatorsReport(summary: Summary): string {
  const rows = summary.cells.map(({ labels, metrics }) => {
    const { truth, mean_value, mean_width, coverage } = metrics as Record<string, Estimate>;
    return [
      labels['trial']!,
      digits(truth!.value),
      estimateText(mean_value!, digits),
      digits(mean_width!.value),
      Number.isNaN(coverage!.value) ? '' : estimateText(coverage!, percent),
    ];
  });
  const heads = ['trial', 'truth', 'mean estimate', 'mean width', 'holds the truth'];
  return `${tableOfRows(heads, rows)}\n${pc.dim('Means and shares over batches, with 95 % intervals.')}`;
}
