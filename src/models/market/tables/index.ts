/** What a run of the market model records: the dictionary of its tables. */
import type { MarketExperiment } from '../file/compile.ts';
import type { ColumnInfo, TableInfo } from '../../model.ts';
import { absorptionColumns, absorptionTable } from '../absorption-results.ts';
import { counterfactualColumns, counterfactualTable } from '../counterfactuals.ts';
import { measures } from '../measures/index.ts';
import type { DetailTable } from '../table.ts';
import { calls } from './calls.ts';
import { contagion } from './contagion.ts';
import { liquidations } from './liquidations.ts';
import { losses } from './losses.ts';
import { map } from './map.ts';
import { prices } from './prices.ts';
import { trees } from './trees.ts';

export const details: readonly DetailTable[] = [calls, liquidations, losses, map, trees, contagion, prices];

const cell: readonly ColumnInfo[] = [
  { name: 'policy', type: 'STRING', unit: '', about: 'Name of the policy.' },
  { name: 'shock', type: 'STRING', unit: '', about: 'The shock.' },
  {
    name: 'run',
    type: 'INT32',
    unit: '',
    about: 'Number of the run; the same number is the same seed everywhere.',
  },
];

/** Columns that name the cell and the run, at the beginning of each table. */
export const CELL_COLUMNS = cell.length;

/** What every experiment records. */
export const marketTables: readonly TableInfo[] = [
  {
    name: 'runs',
    about: 'One run under one policy and shock a row.',
    columns: [...cell, ...measures.flatMap((measure) => measure.columns)],
  },
  ...details.map(({ info }) => withCell(info)),
];

/** With what an experiment asks for beside: columns of `runs`, and tables. */
export function tablesOf(experiment: MarketExperiment): readonly TableInfo[] {
  const [runs, ...rest] = marketTables as readonly [TableInfo, ...TableInfo[]];
  const columns = [...counterfactualColumns(experiment), ...absorptionColumns(experiment)];
  if (columns.length === 0) return marketTables;
  return [
    { ...runs, columns: [...runs.columns, ...columns] },
    ...rest,
    ...(experiment.counterfactuals.length > 0 ? [withCell(counterfactualTable)] : []),
    ...(experiment.lac === undefined ? [] : [withCell(absorptionTable)]),
  ];
}

function withCell(info: TableInfo): TableInfo {
  return { ...info, columns: [...cell, ...info.columns] };
}
