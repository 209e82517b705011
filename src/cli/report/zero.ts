/** The zero-intelligence market's results as a table, under the numbers that its behaviour depends on. */
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS: Readonly<Record<string, string>> = {
  mean_spread: 'mean spread, ticks',
  spread_over_pc: 'mean spread / p_c',
  quoted: 'share of the time with both quotes',
};

export function zeroReport(summary: Summary): string {
  const { metrics } = summary.cells[0]!;
  const { granularity, ticks_per_pc } = metrics as { granularity: number; ticks_per_pc: number };
  const heading = `ε = 2δσ/μ = ${granularity.toPrecision(4)}, p_c = μ/2α = ${ticks_per_pc.toPrecision(4)} ticks`;
  return `${heading}\n${estimateTable(metrics, WORDS)}`;
}
