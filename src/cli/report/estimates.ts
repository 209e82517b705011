/** Estimates with their intervals, one a row. */
import type { Summary } from '../../models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { intervalText } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { estimateIn } from '../../stats/estimate.ts';

/** The metrics that `words` names, in that order, by what it calls them. */
export function estimateTable(
  metrics: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, string>>,
): string {
  const rows = Object.entries(words).map(([name, text]) => {
    const estimate = estimateIn(metrics, name);
    return [text, digits(estimate.value), intervalText(estimate, digits)];
  });
  return tableOfRows(['', 'measured', '95 % interval'], rows, { aligns: ['left', 'right', 'left'] });
}

/** Every metric of every cell that has an interval, by its own name: of a model that has no table of its own. */
export function plainReport({ cells }: Summary): string {
  const tables = cells.map(({ labels, metrics }) => {
    const known = Object.entries(metrics).filter(([, value]) => isEstimate(value));
    const words = Object.fromEntries(known.map(([name]) => [name, name.replaceAll('_', ' ')]));
    const label = Object.values(labels).join(', ');
    return `${label === '' ? '' : `${label}\n`}${estimateTable(metrics, words)}`;
  });
  return tables.join('\n');
}

function isEstimate(value: unknown): value is Estimate {
  return typeof value === 'object' && value !== null && 'value' in value && 'low' in value && 'high' in value;
}

function digits(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(4) : '–';
}
