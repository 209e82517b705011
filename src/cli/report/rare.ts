/** Probabilities estimated by splitting, as a table: one row a cell. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { CellSummary, Summary } from '../../lab/models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { money, percent, estimateCell } from './numbers.ts';

/** `event`: what happens rarely, in words. */
export function rareReport(event: string, summary: Summary): string {
  const labels = Object.keys(summary.cells[0]!.labels);
  const table = new Table({
    head: [...labels, 'probability', '95 % interval', 'relative\nerror', 'events', 'gain'],
    style: { head: [], border: [] },
  });
  for (const cell of summary.cells)
    table.push([...labels.map((label) => cell.labels[label]!), ...rowOf(cell)]);
  return [
    `P(${event})`,
    table.toString(),
    pc.dim(
      `Mean of independent estimates by splitting, with an interval from their spread. Relative error: one standard error. ` +
        'Events: simulated in all. Gain: how many times more events plain Monte Carlo needs for the same error.',
    ),
  ].join('\n');
}

function rowOf({ metrics }: CellSummary): string[] {
  const { value, low, high } = metrics['probability'] as Estimate;
  const gain = metrics['gain'] as Estimate;
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
  return value < 1e-3 ? value.toExponential(2).replace('-', '−') : value.toPrecision(3);
}

/** Three significant digits, thousands apart. */
function whole(value: number): string {
  return Number.isFinite(value) ? Number(value.toPrecision(3)).toLocaleString('en-US') : '–';
}
