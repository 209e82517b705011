/** The solvable cascade's result as a table: what was measured beside what theory says. */
import Table from 'cli-table3';
import type { SolvableExperiment } from '../../lab/experiment/index.ts';
import type { Summary } from '../../lab/models/model.ts';
import { solvableLaw } from '../../sim/models/solvable.ts';
import type { Estimate } from '../../stats/estimate.ts';

export function solvableReport(experiment: SolvableExperiment, summary: Summary): string {
  const { theta, m } = solvableLaw(experiment.solvable);
  const size = summary.cells[0]!.metrics['cascade_size'] as Record<string, Estimate>;
  const table = new Table({
    head: ['cascade size', 'measured', '95 % interval', 'theory'],
    style: { head: [], border: [] },
  });
  const theory: Readonly<Record<string, number>> =
    m < 1 ? { mean: theta / (1 - m), sd: Math.sqrt(theta / (1 - m) ** 3), branching_ratio: m } : {};
  for (const [name, { value, low, high }] of Object.entries(size)) {
    table.push([name, digits(value), `${digits(low)} … ${digits(high)}`, digits(theory[name] ?? NaN)]);
  }
  return `branching ratio m = ρ·q/k = ${digits(m)}, first push θ = ρ·j = ${digits(theta)}\n${table.toString()}`;
}

function digits(value: number): string {
  return Number.isNaN(value) ? '' : value.toPrecision(4);
}
