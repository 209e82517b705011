/** The moments of a run as one row of a table, as runs of a design are recorded. */
import type { MarketExperiment } from '../experiment/index.ts';
import { market } from '../models/market/index.ts';
import type { Model, TableInfo } from '../models/model.ts';
import { moments } from './moments.ts';
import { observeRun } from './task.ts';

export const momentsTable: TableInfo = {
  name: 'runs',
  about: 'Moments of one run without shocks a row.',
  columns: [
    { name: 'run', type: 'INT32', unit: '', about: 'Number of the run.' },
    ...moments.map(({ name, about }) => ({ name, type: 'DOUBLE' as const, unit: '', about })),
  ],
};

/** A market that is watched instead of run under its shocks and policies: one cell. */
export const momentsModel: Pick<Model<MarketExperiment>, 'prepare' | 'kinds'> = {
  ...(market.kinds && { kinds: market.kinds }),
  prepare: (experiment) => ({
    run(run, record) {
      const { blocks } = observeRun(experiment, run);
      record(momentsTable.name, [run, ...moments.map(({ of }) => of(blocks))]);
    },
  }),
};
