/** The full market in the lab. */
import type { MarketExperiment } from './file/compile.ts';
import { cells } from './file/compile.ts';
import { auditTables, auditTablesOf } from './audit-tables.ts';
import type { Model } from '../model.ts';
import { MarketRunner } from './runner.ts';
import { pastOf } from './pasts.ts';
import { shockTitle } from './shock-title.ts';
import { withLargerPool } from './pools.ts';
import { marketSummary } from './summary.ts';
import { marketTables, tablesOf } from './tables/index.ts';

const models = new WeakMap<MarketExperiment, Model<MarketExperiment>>();

export const market: Model<MarketExperiment> = {
  name: 'market',
  tables: marketTables,
  auditTables,
  kinds: ({ groups }) => groups.map(({ kind }) => kind),
  mostRunsPerBatch: 250, // minutes of work
  of(experiment) {
    const model = models.get(experiment) ?? {
      ...market,
      tables: tablesOf(experiment),
      auditTables: auditTablesOf(experiment),
    };
    models.set(experiment, model);
    return model;
  },
  enlarged: withLargerPool,
  cells: (experiment) =>
    cells(experiment).map((cell) => ({
      labels: { policy: cell.policy, shock: shockTitle(experiment, cell) },
    })),
  pasts: (experiment) => cells(experiment).map((cell) => pastOf(experiment, cell)),
  prepare: (experiment, index) => new MarketRunner(experiment, index),
  summarise: marketSummary,
};
