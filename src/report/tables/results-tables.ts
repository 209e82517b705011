/** The tables that results have: of a market for each shock a row a policy; of other models a row a cell. */
import type { Capacity } from '../../models/market/absorption-results.ts';
import type { CellSummary } from '../../models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { cellsUnder, shocksOf, shownPolicies, sortOf, tellingShock } from '../focus.ts';
import type { Results, RunResults, SensitivityResults, TuneResults } from '../results.ts';
import { formatOf, kindOf, probabilityText, unitOf, verdictText } from '../words/compared.ts';
import { marginColumns } from '../words/margin-columns.ts';
import type { MetricColumn } from '../words/market-columns.ts';
import { formatOfKind, shownColumns } from '../words/market-columns.ts';
import { minus, money, plain } from '../words/numbers.ts';
import { calibrateTables, marketsTables } from './markets-tables.ts';
import type { Cell, TextTable } from './text-table.ts';

/** All of them, in the order of a report. `wide`: of a market every metric, not the headline alone. */
export function tablesOf(results: Results, wide: boolean): TextTable[] {
  if (results.kind === 'sensitivity') return sensitivityTables(results);
  if (results.kind === 'tune') return [tuneTable(results)];
  if (results.kind === 'calibrate') return calibrateTables(results);
  if (results.kind === 'markets') return marketsTables(results);
  const sort = sortOf(results);
  if (sort === 'margins') return [marginsTable(results)];
  if (sort !== 'market') return [cellsTable(results)];
  return [
    ...shocksOf(results).map((shock) => policyTable(results, shock, wide)),
    ...frontierTables(results),
    ...pairTables(results),
  ];
}

/** The table of the first screen: policies under the shock that tells most; of many those that figures show. */
export function headlineTable(results: RunResults): TextTable | undefined {
  if (sortOf(results) !== 'market') return tablesOf(results, false)[0];
  const table = policyTable(results, tellingShock(results), false);
  if (table.rows.length <= MOST_ROWS) return table;
  const shown = shownPolicies(results);
  return { ...table, rows: table.rows.filter(([name]) => shown.includes(name)) };
}

const MOST_ROWS = 12;

/** Of what a risk team asks for first, whatever else is shown. */
const RISK = ['bad_debt_p95', 'liquidated_p95'];

export function policyTable(results: RunResults, shock: string, wide: boolean): TextTable {
  const cells = cellsUnder(results, shock);
  const all = shownColumns(cells, results.money, true);
  const shown = wide
    ? all
    : all.filter(({ isHeadline, metric }) => isHeadline === true || RISK.includes(metric));
  const hasCapacity = cells.every(({ metrics }) => 'lac' in metrics);
  return {
    title: minus(shock),
    heads: [
      'policy',
      ...shown.map(({ head }) => head),
      ...(hasCapacity ? [`absorbs\n${results.money}`] : []),
    ],
    rows: cells.map((cell) => [
      cell.labels['policy']!,
      ...shown.map((column) => measured(cell, column)),
      ...(hasCapacity ? [{ estimate: cell.metrics['lac'] as Capacity, format: money }] : []),
    ]),
  };
}

function measured({ metrics }: CellSummary, { metric, kind }: MetricColumn): Cell {
  return { estimate: metrics[metric] as Estimate, format: formatOfKind(kind) };
}

function frontierTables({ manifest: { summary } }: RunResults): TextTable[] {
  const { frontier } = summary;
  if (frontier === undefined) return [];
  return frontier.blocks.map(({ shock, rows }) => {
    const axes = frontier.metrics.filter(({ role }) => role !== 'other');
    return {
      title: minus(`Cost against safety, ${shock}`),
      heads: [
        'policy',
        ...axes.map((axis) => `${axis.role}: ${axis.title}${unitOf(axis, frontier.money)}`),
        'verdict',
      ],
      rows: rows.map((row) => [
        row.policy,
        ...axes.map((axis) => ({ estimate: row.metrics[axis.name]!, format: formatOf(axis) })),
        verdictText(row),
      ]),
    };
  });
}

/** Every two policies, where they were compared. */
function pairTables({ comparison, manifest }: RunResults): TextTable[] {
  if (comparison === undefined) return [];
  const { metrics, money: unit } = comparison.frontier;
  const shocks = [...new Set(comparison.pairs.map(({ shock }) => shock))];
  return shocks.map((shock) => {
    const pairs = comparison.pairs.filter((pair) => pair.shock === shock);
    const paired = metrics.filter(({ name }) => pairs.every(({ differences }) => name in differences));
    return {
      title: minus(`Paired differences, ${shock} (${manifest.runs} pairs of runs)`),
      heads: ['policies', ...paired.flatMap((metric) => [`${metric.title}${unitOf(metric, unit)}`, 'P adj'])],
      rows: pairs.map(({ policy, against, differences }) => [
        `${policy} − ${against}`,
        ...paired.flatMap((metric) => {
          const one = differences[metric.name]!;
          return [
            { estimate: one, format: formatOfKind(kindOf(metric)) },
            Number.isNaN(one.p_adjusted) ? 'unknown' : probabilityText(one.p_adjusted),
          ];
        }),
      ]),
    };
  });
}

function marginsTable({ manifest: { summary, experiment } }: RunResults): TextTable {
  return {
    title: experiment,
    heads: ['margin', ...marginColumns.map(([head]) => head)],
    rows: summary.cells.map(({ labels, metrics }) => [
      labels['margin']!,
      ...marginColumns.map(([, metric, format]) => ({ estimate: metrics[metric] as Estimate, format })),
    ]),
  };
}

/** Of models without policies: what estimates its cells have. */
function cellsTable({ manifest: { summary, experiment } }: RunResults): TextTable {
  const names = [...new Set(summary.cells.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) =>
    summary.cells.every(({ metrics }) => isEstimate(metrics[name])),
  );
  return {
    title: experiment,
    heads: ['cell', ...names.map((name) => name.replaceAll('_', ' '))],
    rows: summary.cells.map(({ labels, metrics }) => [
      minus(Object.values(labels).join(', ') || 'all runs'),
      ...names.map((name) => ({ estimate: metrics[name] as Estimate, format: digits })),
    ]),
  };
}

const digits = (value: number): string =>
  Number.isFinite(value)
    ? Number(value.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 })
    : '–';

function isEstimate(one: unknown): one is Estimate {
  return typeof one === 'object' && one !== null && 'value' in one && 'low' in one && 'high' in one;
}

function sensitivityTables({ result: { parameters, outputs } }: SensitivityResults): TextTable[] {
  return outputs.flatMap(({ output, indices }) =>
    indices === undefined
      ? []
      : [
          {
            title: `Sobol indices of ${output}`,
            heads: ['setting', 'first order', 'total'],
            rows: parameters.map(({ path }, i) => [
              path,
              { estimate: indices.first[i]!, format: plain },
              { estimate: indices.total[i]!, format: plain },
            ]),
          },
        ],
  );
}

function tuneTable({ result: { finalists, frontier, objectives } }: TuneResults): TextTable {
  const block = frontier.blocks.at(-1)!;
  const metrics = objectives.map(({ metric }) => frontier.metrics.find(({ name }) => name === metric)!);
  return {
    title: minus(`On fresh seeds, ${block.shock}`),
    heads: [
      'policy',
      ...metrics.map((one) => `${one.title}${unitOf(one, frontier.money)}`),
      'verdict',
      'settings',
    ],
    rows: finalists.map(({ name, sets, fresh }) => [
      name,
      ...metrics.map((one) => ({ estimate: fresh[one.name]!, format: formatOf(one) })),
      verdictText(block.rows.find(({ policy }) => policy === name)!),
      sets.join(', '),
    ]),
  };
}
