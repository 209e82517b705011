/** What a run of the market model records: the dictionary of its tables. */
import type { MarketExperiment } from '../file/compile.ts';
import type { ColumnInfo, TableInfo } from '../../model.ts';
import { absorptionColumns, absorptionTable } from '../absorption-results.ts';
import { counterfactualColumns, counterfactualTable } from '../counterfactuals.ts';
import { measuresOf } from '../measures/index.ts';
import type { DetailTable } from '../table.ts';
import { columnPrefix } from '../venue-columns.ts';
import { calls } from './calls.ts';
import { contagion } from './contagion.ts';
import { liquidations } from './liquidations.ts';
import { losses } from './losses.ts';
import { map } from './map.ts';
import { prices } from './prices.ts';
import { trees } from './trees.ts';
import { int, text } from '../../columns.ts';

const measured = (experiment: Pick<MarketExperiment, 'measures'>): readonly ColumnInfo[] =>
  measuresOf(experiment).flatMap((measure) => measure.columns);

export const details: readonly DetailTable[] = [calls, liquidations, losses, map, trees, contagion, prices];

const cell: readonly ColumnInfo[] = [text('policy', 'Name of the policy.'), text('shock', 'The shock.')];
const venue: ColumnInfo = text('venue', 'Name of the venue.');
const run: ColumnInfo = int('run', '', 'Number of the run; the same number is the same seed everywhere.');

/** Columns that name the cell and the run, at the beginning of the table `runs`. */
export const CELL_COLUMNS = cell.length + 1;

/** What an experiment with one venue records that asks for nothing beside. */
export const marketTables = tablesWith(measured({}), [], undefined);

/** With what an experiment asks for beside: columns of `runs`, and tables. */
export function tablesOf(experiment: MarketExperiment): readonly TableInfo[] {
  const asked = [
    ...(experiment.counterfactuals.length > 0 ? [counterfactualTable] : []),
    ...(experiment.lac === undefined ? [] : [absorptionTable]),
  ];
  const more = [...counterfactualColumns(experiment), ...absorptionColumns(experiment)];
  const isPlain = more.length === 0 && asked.length === 0 && experiment.measures === undefined;
  if (experiment.venues.length === 1 && isPlain) return marketTables;
  const own = [...measured(experiment), ...more];
  return tablesWith(own, asked, experiment.venues.length > 1 ? experiment : undefined);
}

/** Columns of `runs` of one venue after those that name the cell and the run, without the venue's name before them. */
export function ownColumns(experiment: MarketExperiment): readonly string[] {
  const more = [...counterfactualColumns(experiment), ...absorptionColumns(experiment)];
  return [...measured(experiment), ...more].map(({ name }) => name);
}

/** `several`: the experiment, if it has several venues. */
function tablesWith(
  own: readonly ColumnInfo[],
  asked: readonly TableInfo[],
  several: MarketExperiment | undefined,
): readonly TableInfo[] {
  const columns =
    several === undefined ? own : several.venues.flatMap((_, v) => own.map((info) => at(several, v, info)));
  const names = several === undefined ? [...cell, run] : [...cell, venue, run];
  return [
    {
      name: 'runs',
      about: 'One run under one policy and shock a row.',
      columns: [...cell, run, ...columns],
    },
    ...[...details.map(({ info }) => info), ...asked].map((info) => ({
      ...info,
      columns: [...names, ...info.columns],
    })),
  ];
}

/** A column of `runs` of one of several venues. */
function at(experiment: MarketExperiment, v: number, info: ColumnInfo): ColumnInfo {
  const { name } = experiment.venues[v]!;
  return {
    ...info,
    name: `${columnPrefix(experiment, v)}${info.name}`,
    about: `At venue ${name}. ${info.about}`,
  };
}
