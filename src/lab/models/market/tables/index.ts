/** What a run of the market model records: the dictionary of its tables. */
import type { ColumnInfo, TableInfo } from '../../model.ts';
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

export const marketTables: readonly TableInfo[] = [
  {
    name: 'runs',
    about: 'One run under one policy and shock a row.',
    columns: [...cell, ...measures.flatMap((measure) => measure.columns)],
  },
  ...details.map(({ info }) => ({ ...info, columns: [...cell, ...info.columns] })),
];
