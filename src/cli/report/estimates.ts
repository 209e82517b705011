/** Estimates with their intervals, one a row. */
import type { Estimate } from '../../stats/estimate.ts';
import { intervalText } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';

/** The metrics that `words` names, in that order, by what it calls them. */
export function estimateTable(
  metrics: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, string>>,
): string {
  const rows = Object.entries(words).map(([name, text]) => {
    const estimate = metrics[name] as Estimate;
    return [text, digits(estimate.value), intervalText(estimate, digits)];
  });
  return tableOfRows(['', 'measured', '95 % interval'], rows, { aligns: ['left', 'right', 'left'] });
}

function digits(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(4) : '–';
}
