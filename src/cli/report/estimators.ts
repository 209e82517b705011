/** Results of trials of estimators as a table: truth, mean estimate, coverage. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { Summary } from '../../lab/models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Format } from './numbers.ts';
import { estimateText } from './numbers.ts';

const digits: Format = (value) => (Number.isFinite(value) ? value.toPrecision(4) : '–');
const percent: Format = (value) => `${(100 * value).toFixed(1)} %`;

export function estimatorsReport(summary: Summary): string {
  const table = new Table({
    head: ['trial', 'truth', 'mean estimate', 'mean width', 'holds the truth'],
    style: { head: [], border: [] },
  });
  for (const { labels, metrics } of summary.cells) {
    const { truth, mean_value, mean_width, coverage } = metrics as Record<string, Estimate>;
    table.push([
      labels['trial']!,
      digits(truth!.value),
      estimateText(mean_value!, digits),
      digits(mean_width!.value),
      Number.isNaN(coverage!.value) ? '' : estimateText(coverage!, percent),
    ]);
  }
  return `${table.toString()}\n${pc.dim('Means and shares over batches, with 95 % intervals.')}`;
}
