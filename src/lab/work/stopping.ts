/** Whether the runs that are there are enough: looked at after a round only, when all cells have made the same runs. */
import { ConfigError } from '../../core/errors.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { numericColumns } from '../store/columns.ts';
import type { Experiment } from '../../models/experiment.ts';
import { suggestion } from '../../experiment/nearest.ts';
import { modelOf } from '../../models/index.ts';
import type { CellSummary, RunColumns } from '../../models/model.ts';
import { summarise } from '../summarise.ts';

/** True when the experiment waits for an interval, and it is narrow enough in every cell that is looked at. */
export function isNarrow(
  experiment: Experiment,
  columns: readonly RunColumns[],
  lost: readonly number[],
): boolean {
  const { metric, half_width, cells } = experiment.stop ?? {};
  if (metric === undefined || half_width === undefined) return false;
  const summary = summarise(experiment, columns, { lost });
  return chosen(summary.cells, cells).every(({ metrics }) => {
    const { low, high } = metricsOf(metrics).get(metric)!;
    return (high - low) / 2 <= half_width; // false where the interval is unknown
  });
}

/** The estimate that an experiment of one cell waits for, of these runs. Throws an Error where it waits for none. */
export function stoppedBy(experiment: Experiment, columns: RunColumns): Estimate {
  const [cell] = summarise(experiment, [columns]).cells;
  const estimate = metricsOf(cell!.metrics).get(experiment.stop?.metric ?? '');
  if (estimate === undefined) throw new Error('the experiment stops for no metric');
  return estimate;
}

/** Throws ConfigError where the stop names a metric or a cell that there is not. Asks the model what it has of no runs. */
export function checkStop(experiment: Experiment): void {
  const { metric, cells } = experiment.stop ?? {};
  const model = modelOf(experiment);
  const none: RunColumns = Object.fromEntries(
    numericColumns(model.tables[0]!).map((name) => [name, new Float64Array(0)]),
  );
  const all = model.cells(experiment);
  if (cells !== undefined && chosen(all, cells).length === 0) {
    const known = all.map(({ labels }) => JSON.stringify(labels)).join(', ');
    throw new ConfigError(['stop', 'cells'], `there is no such cell; there are ${known}`);
  }
  if (metric === undefined) return;
  const known = metricsOf(
    model.summarise(
      experiment,
      all.map(() => none),
    ).cells[0]!.metrics,
  );
  if (!known.has(metric)) {
    throw new ConfigError(
      ['stop', 'metric'],
      `there is no metric ${metric}; ${suggestion(metric, [...known.keys()])}`,
    );
  }
}

function chosen<C extends Pick<CellSummary, 'labels'>>(
  cells: readonly C[],
  labels: Readonly<Record<string, string>> = {},
): C[] {
  return cells.filter((cell) => Object.entries(labels).every(([name, value]) => cell.labels[name] === value));
}

/** All estimates by name; those in a group as `group.name`. */
function metricsOf(metrics: Readonly<Record<string, unknown>>, prefix = ''): Map<string, Estimate> {
  const found = new Map<string, Estimate>();
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value !== 'object' || value === null) continue;
    if ('low' in value && 'high' in value) found.set(prefix + name, value as Estimate);
    else {
      const inner = metricsOf(value as Readonly<Record<string, unknown>>, `${prefix}${name}.`);
      for (const [path, estimate] of inner) found.set(path, estimate);
    }
  }
  return found;
}
