/** Probabilities estimated by splitting, as a table: one row a cell. */
import pc from 'picocolors';
import type { CellSummary, Summary } from '../../models/model.ts';
import { money, percent, estimateCell } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateIn } from '../../stats/estimate.ts';

const LEGEND =
  'Mean of independent estimates by splitting, with an interval from their spread. Relative error: one standard error. ' +
  'Events: simulated in all. Gain: how many times more events plain Monte Carlo needs for the same error.';

/** `event`: what happens rarely, in words. */
export function rareReport(event: string, summary: Summary): string {
  const labels = Object.keys(summary.cells[0]!.labels);
  const heads = [...labels, 'probability', '95 % interval', 'relative\nerror', 'events', 'gain'];
  const rows = summary.cells.map((cell) => [...labels.map((label) => cell.labels[label]!), ...rowOf(cell)]);
  const width = widthOf(process.stdout);
  return [wrapped(`P(${event})`, width), tableOfRows(heads, rows), pc.dim(wrapped(LEGEND, width))].join('\n');
}

function rowOf({ metrics }: CellSummary): string[] {
  const { value, low, high } = estimateIn(metrics, 'probability');
  const gain = estimateIn(metrics, 'gain');
  return [
    small(value),
    value > 0 ? `${small(low)} … ${small(high)}` : `below ${small(high)}`,
    percent(metrics['relative_error'] as number),
    money(metrics['events'] as number),
    estimateCell(gain, whole),
  ];
}

/** 1.03e-6; 0 as it is. */
function small(value: number): string {
  if (value === 0) return '0';
  return value < 1e-3 ? value.toExponential(2) : value.toPrecision(3);
}

/** Three significant digits, thousands apart. */
function whole(value: number): string {
  return Number.isFinite(value) ? Number(value.toPrecision(3)).toLocaleString('en-US') : '–';
}
