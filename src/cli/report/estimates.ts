/** Estimates with their intervals, one a row. */
import Table from 'cli-table3';
import type { Estimate } from '../../stats/estimate.ts';

/** The metrics that `words` names, in that order, by what it calls them. */
export function estimateTable(
  metrics: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, string>>,
): string {
  const table = new Table({
    head: ['', 'measured', '95 % interval'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'left'],
  });
  for (const [name, text] of Object.entries(words)) {
    const { value, low, high } = metrics[name] as Estimate;
    table.push([text, digits(value), Number.isNaN(low) ? '' : `${digits(low)} … ${digits(high)}`]);
  }
  return table.toString();
}

function digits(value: number): string {
  return Number.isNaN(value) ? '–' : value.toPrecision(4).replace('-', '−');
}
