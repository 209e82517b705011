/** The columns of procyclicality’s table, in the terminal, in reports and in files alike. */
import type { Format } from './numbers.ts';
import { percent, plain } from './numbers.ts';

const fine: Format = (value) => (Number.isFinite(value) ? `${(100 * value).toFixed(2)} %` : '–');

export const marginColumns: readonly (readonly [head: string, metric: string, format: Format])[] = [
  ['peak to\ntrough', 'peak_to_trough', plain],
  ['rise from\na low', 'trough_to_peak', plain],
  ['1-day\ncall', 'call_1d', percent],
  ['5-day\ncall', 'call_5d', percent],
  ['30-day\ncall', 'call_30d', percent],
  ['mean\nmargin', 'mean_margin', percent],
  ['breaches,\nlong', 'breaches', fine],
  ['breaches,\nshort', 'breaches_short', fine],
];
