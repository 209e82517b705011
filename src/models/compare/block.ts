/**
 * What is compared with what: the policies under one shock, and under all shocks together, where a run's number is its mean
 * over the shocks. Row i of all columns of a block is the same seed. The capacity of a policy is the same in all blocks.
 */
import type { Estimate } from '../../stats/estimate.ts';
import { estimateIn, within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import type { Searches } from '../../stats/pairs/paired-capacity.ts';
import type { Caveat } from '../caveat.ts';
import type { ComparedCell, ComparedMetric } from './metrics.ts';
import { CAPACITY } from './metrics.ts';

export interface BlockPolicy {
  readonly policy: string;
  /** One column a metric that has one, by the metric's name. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** What the capacity is made of, with the rows of the columns; undefined where a policy has none. */
  readonly searches: Searches | undefined;
  readonly estimates: Readonly<Record<string, Estimate>>;
  /** Why its cells give no verdict; empty: they give one. */
  readonly withheld: readonly string[];
}

export interface Block {
  readonly shock: string;
  readonly policies: readonly BlockPolicy[];
}

const ALL_SHOCKS = 'all shocks';

/** A block for each shock, then one for all of them if there are several. */
export function blocksOf(cells: readonly ComparedCell[], metrics: readonly ComparedMetric[]): Block[] {
  const shocks = [...new Set(cells.map(({ shock }) => shock))];
  const searched = searchedCells(cells, metrics);
  const blocks = shocks.map((shock) => {
    const own = cells.filter((cell) => cell.shock === shock);
    const complete = completeRuns(own, metrics, searched);
    return { shock, policies: own.map((cell) => policyOf(cell, metrics, complete, searched)) };
  });
  return shocks.length > 1 ? [...blocks, pooled(cells, metrics, searched)] : blocks;
}

/** The cell that each policy's capacity was searched for in: its first. Empty if it is not compared, or one has none. */
function searchedCells(
  cells: readonly ComparedCell[],
  metrics: readonly ComparedMetric[],
): ReadonlyMap<string, ComparedCell> {
  const first = new Map<string, ComparedCell>();
  for (const cell of cells) if (!first.has(cell.policy)) first.set(cell.policy, cell);
  const has =
    metrics.some(({ name }) => name === CAPACITY) &&
    [...first.values()].every(({ searches }) => searches !== undefined);
  return has ? first : new Map();
}

function policyOf(
  { policy, runs, metrics: reported, caveats }: ComparedCell,
  metrics: readonly ComparedMetric[],
  complete: ReadonlySet<number>,
  searched: ReadonlyMap<string, ComparedCell>,
): BlockPolicy {
  const kept = (_: number, i: number): boolean => complete.has(runs['run']![i]!);
  return {
    policy,
    withheld: withheldBy([caveats ?? []]),
    columns: Object.fromEntries(
      metrics.flatMap(({ name, column }) =>
        column === undefined ? [] : [[name, runs[column]!.filter(kept)] as const],
      ),
    ),
    searches: searchesOf(searched.get(policy), complete),
    estimates: Object.fromEntries(metrics.map(({ name }) => [name, plain(estimateIn(reported, name))])),
  };
}

/** Reasons of any of the cells; that nothing happened only where that is so in all of them. */
function withheldBy(cells: readonly (readonly Caveat[])[]): string[] {
  const inAll = ({ kind }: Caveat): boolean => cells.every((cell) => cell.some((one) => one.kind === kind));
  const found = cells
    .flat()
    .filter((caveat) => caveat.withholds && (caveat.kind !== 'nothing_happened' || inAll(caveat)));
  return [...new Set(found.map(({ text }) => text))];
}

/** Without what some estimates say besides, so that a frontier is the same whatever it is made from. */
function plain({ value, low, high }: Estimate): Estimate {
  return { value, low, high };
}

function searchesOf(cell: ComparedCell | undefined, complete: ReadonlySet<number>): Searches | undefined {
  if (cell?.searches === undefined) return undefined;
  const { searches, runs } = cell;
  if (runs['run']!.every((run) => complete.has(run))) return searches;
  const kept = (column: Float64Array): Float64Array =>
    column.filter((_, i) => complete.has(runs['run']![i]!));
  const { lows, highs, from, to } = searches;
  const again = { from: from?.map(kept), to: to?.map(kept) };
  return { ...searches, lows: lows.map(kept), highs: highs.map(kept), ...again };
}

/** Runs that all the cells have, with a number in each column that is compared: a pair is lost with either side. */
function completeRuns(
  cells: readonly ComparedCell[],
  metrics: readonly ComparedMetric[],
  searched: ReadonlyMap<string, ComparedCell>,
): Set<number> {
  const names = metrics.flatMap(({ column }) => column ?? []);
  const [first, ...others] = [
    ...cells.map(({ runs }) => runsWith(runs['run']!, names.map((name) => runs[name]!))), // prettier-ignore
    ...[...searched.values()].map(({ runs, searches }) => runsWith(runs['run']!, searches!.lows)),
  ];
  return new Set([...first!].filter((run) => others.every((other) => other.has(run))));
}

function runsWith(run: Float64Array, columns: readonly Float64Array[]): Set<number> {
  return new Set(run.filter((_, i) => columns.every((column) => Number.isFinite(column[i]!))));
}

/** Means over the shocks, each weighing the same. */
function pooled(
  cells: readonly ComparedCell[],
  metrics: readonly ComparedMetric[],
  searched: ReadonlyMap<string, ComparedCell>,
): Block {
  const complete = completeRuns(cells, metrics, searched);
  const policies = [...new Set(cells.map(({ policy }) => policy))];
  return {
    shock: ALL_SHOCKS,
    policies: policies.map((policy) => {
      const own = cells
        .filter((cell) => cell.policy === policy)
        .map((cell) => policyOf(cell, metrics, complete, searched));
      const columns = Object.fromEntries(
        Object.keys(own[0]!.columns).map((name) => [name, rowMeans(own.map((one) => one.columns[name]!))]),
      );
      // A share of runs that is 0 everywhere has an interval all the same, which a mean of zeros does not show.
      const estimates = metrics.map(({ name, column, unit }) => [
        name,
        column === undefined || unit === 'probability'
          ? meanOfEstimates(own.map((one) => one.estimates[name]!))
          : within(meanInterval(columns[name]!), 0, Infinity),
      ]);
      const caveats = cells.filter((cell) => cell.policy === policy).map((cell) => cell.caveats ?? []);
      const withheld = withheldBy(caveats);
      return {
        ...own[0]!,
        columns,
        withheld,
        estimates: Object.fromEntries(estimates) as Record<string, Estimate>,
      };
    }),
  };
}

function rowMeans(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, i) => columns.reduce((sum, column) => sum + column[i]!, 0) / columns.length);
}

/** Mean of estimates of one kind; bounds are those of errors that all go the same way: too wide rather than too narrow. */
export function meanOfEstimates(estimates: readonly Estimate[]): Estimate {
  const mean = (key: keyof Estimate): number =>
    estimates.reduce((sum, estimate) => sum + estimate[key], 0) / estimates.length;
  return { value: mean('value'), low: mean('low'), high: mean('high') };
}
