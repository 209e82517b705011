/** The solvable cascade's result as a table: what was measured beside what theory says. */
import type { SolvableExperiment } from '../../models/experiment.ts';
import type { Summary } from '../../models/model.ts';
import { solvableLaw } from '../../models/solvable/world.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { intervalText } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';

export function solvableReport(experiment: SolvableExperiment, summary: Summary): string {
  const { theta, m } = solvableLaw(experiment.solvable);
  const size = summary.cells[0]!.metrics['cascade_size'] as Record<string, Estimate>;
  const theory: Readonly<Record<string, number>> =
    m < 1 ? { mean: theta / (1 - m), sd: Math.sqrt(theta / (1 - m) ** 3), branching_ratio: m } : {};
  const rows = Object.entries(size).map(([name, { value, low, high }]) => [
    name,
    digits(value),
    intervalText({ low, high }, digits),
    digits(theory[name] ?? NaN),
  ]);
  const text = tableOfRows(['cascade size', 'measured', '95 % interval', 'theory'], rows);
  return `branching ratio m = ρ·q/k = ${digits(m)}, first push θ = ρ·j = ${digits(theta)}\n${text}`;
}

function digits(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(4) : '';
}
