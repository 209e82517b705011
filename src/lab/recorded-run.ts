/** A recorded run made once more, which must come out as the folder says. */
import { ConfigError } from '../core/errors.ts';
import type { MarketCell, MarketExperiment } from '../models/experiment.ts';
import { cells } from '../models/experiment.ts';
import { withLargerPool } from '../models/market/pools.ts';
import { MarketRunner } from '../models/market/runner.ts';
import { CELL_COLUMNS, tablesOf } from '../models/market/tables/index.ts';
import type { ColumnInfo } from '../models/model.ts';
import { Room } from '../models/room.ts';
import type { Manifest } from './store/manifest.ts';

/** Columns of the table `runs` after those that name the cell and the run. */
export function runColumns(experiment: MarketExperiment): ColumnInfo[] {
  return tablesOf(experiment)[0]!.columns.slice(CELL_COLUMNS);
}

/** The run made once more: its columns of the table `runs`. */
export function replayedRun(
  experiment: MarketExperiment,
  cell: Pick<MarketCell, 'policy' | 'shock'>,
  run: number,
): Record<string, number> {
  const index = cells(experiment).findIndex(
    ({ policy, shock }) => policy === cell.policy && shock === cell.shock,
  );
  let found: readonly unknown[] = [];
  new Room(experiment, withLargerPool).make((sized) => {
    new MarketRunner(sized, index).run(run, (table, row) => {
      if (table === 'runs') found = row.slice(CELL_COLUMNS);
    });
  });
  return Object.fromEntries(runColumns(experiment).map(({ name }, i) => [name, found[i] as number]));
}

/** Throws ConfigError where a run that was made again is not what its row of the table `runs` says. */
export function requireAsRecorded(
  folder: string,
  { unwind }: Manifest,
  run: number,
  recorded: Readonly<Record<string, unknown>>,
  made: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(made)) {
    if (Object.is(recorded[name], value)) continue;
    throw new ConfigError(
      [],
      `${folder}: run ${run} is not what it was: ${name} is ${String(value)}, recorded was ${String(recorded[name])}; ` +
        `it was made by unwind ${unwind}`,
    );
  }
}
