/** What the models of rare events share: a run is one estimate by splitting; how it is made, recorded and summed up. */
import type { RunKey } from '../../core/seed.ts';
import { adaptive } from '../../stats/splitting/adaptive.ts';
import { fixedEffort } from '../../stats/splitting/fixed-effort.ts';
import type { ForkableProcess } from '../../stats/splitting/process.ts';
import type { Replicates } from '../../stats/splitting/replicates.ts';
import { gainOf, probabilityOf, relativeError } from '../../stats/splitting/replicates.ts';
import type { SplittingResult } from '../../stats/splitting/tally.ts';
import { total } from '../../stats/intervals/moments.ts';
import type { Splitting } from './file.ts';
import type { CellSummary, ColumnInfo, Recorder, RunColumns, TableInfo } from '../model.ts';
import { RUN, int, real } from '../columns.ts';

const runColumns = [
  RUN,
  real(
    'probability',
    'share',
    'Estimate of the probability; 0 where no particle came to the next level, which keeps the mean right.',
  ),
  real('low', 'share', '95 % interval from this run alone (log-normal), lower end.'),
  real('high', 'share', '… upper end; an upper bound where the estimate is 0.'),
  real('events', 'events', 'Simulated events.'),
  real(
    'plain_events',
    'events',
    'Estimate of the events of a plain run, until it ends or the event happens.',
  ),
  int('steps', '', 'Levels that particles set out for.'),
] as const satisfies readonly ColumnInfo[];

const stepColumns = [
  RUN,
  int('step', '', 'Number of the step, from 0.'),
  real('level', 'score', 'Level of the score; Infinity: the event.'),
  int('particles', 'particles', 'Trajectories that set out.'),
  int('reached', 'particles', 'Of these, came to the level.'),
  real('events', 'events', 'Simulated events of this step.'),
] as const satisfies readonly ColumnInfo[];

type RunColumn = (typeof runColumns)[number]['name'];

/** The tables of a model of rare events, the columns `labels` first. */
export function rareTables(labels: readonly ColumnInfo[] = []): readonly TableInfo[] {
  return [
    { name: 'runs', about: 'One estimate a row.', columns: [...labels, ...runColumns] },
    { name: 'steps', about: 'One level of an estimate a row.', columns: [...labels, ...stepColumns] },
  ];
}

/** Slots that an estimate keeps states in. */
export function slotsOf({ method, particles }: Splitting): number {
  return method === 'fixed' ? 2 * particles : particles;
}

export function estimate(process: ForkableProcess, key: RunKey, splitting: Splitting): SplittingResult {
  return splitting.method === 'fixed'
    ? fixedEffort(process, key, splitting)
    : adaptive(process, key, splitting);
}

export function recordEstimate(
  record: Recorder,
  labels: readonly string[],
  run: number,
  { probability: { value, low, high }, events, plainEvents, steps }: SplittingResult,
): void {
  record('runs', [...labels, run, value, low, high, events, plainEvents, steps.length]);
  steps.forEach((step, i) => {
    record('steps', [...labels, run, i, step.level, step.particles, step.reached, step.events]);
  });
}

/** The runs of a cell as independent estimates of one probability. */
export function replicatesOf(columns: RunColumns): Replicates {
  const { probability, low, high, events, plain_events } = columns as Readonly<
    Record<RunColumn, Float64Array>
  >;
  return { probability, low, high, events, plainEvents: plain_events };
}

export function rareSummary(labels: Readonly<Record<string, string>>, columns: RunColumns): CellSummary {
  const replicates = replicatesOf(columns);
  const { events } = replicates;
  return {
    labels,
    runs: events.length,
    metrics: {
      probability: probabilityOf(replicates),
      relative_error: relativeError(replicates),
      gain: gainOf(replicates),
      events: total(events),
      plain_events: total(replicates.plainEvents) / events.length,
    },
  };
}
