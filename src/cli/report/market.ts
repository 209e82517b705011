/** The market model's results: for each shock a table with one row a policy, then the paired differences. */
import pc from 'picocolors';
import type { MarketExperiment } from '../../models/experiment.ts';
import type { Caveat } from '../../models/caveat.ts';
import type { CellSummary, Summary } from '../../models/model.ts';
import type { Capacity } from '../../models/market/absorption-results.ts';
import { absorptionLegend, absorptionReport } from './absorption.ts';
import { counterfactualReport } from './counterfactuals.ts';
import { frontierSummary } from './frontier.ts';
import { caveatLines } from './caveats.ts';
import { tailLines } from './market-tail.ts';
import type { MetricColumn } from '../../report/words/market-columns.ts';
import { formatOfKind, shownColumns } from '../../report/words/market-columns.ts';
import type { Format } from '../../report/words/numbers.ts';
import { table } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateCell, estimateText, minus, money, plain, whole } from '../../report/words/numbers.ts';
import { policyAt } from '../../models/market/venue-columns.ts';
import { estimateIn } from '../../stats/estimate.ts';

/** `wide`: every metric, each pair and the tails beside the headline. */
export function marketReport(experiment: MarketExperiment, summary: Summary, wide: boolean): string {
  const width = widthOf(process.stdout);
  const shocks = [...new Set(summary.cells.map((cell) => cell.labels['shock']!))];
  const cellsOf = (shock: string) => summary.cells.filter((cell) => cell.labels['shock'] === shock);
  const blocks: string[] = [wrapped(describe(experiment, summary), width)];
  for (const shock of shocks)
    blocks.push('', ...shockBlock(experiment, shock, cellsOf(shock), summary, wide));
  const capacity = absorptionReport(experiment, cellsOf(shocks[0]!));
  if (capacity !== undefined && (wide || experiment.lac!.windows_us.length > 1)) blocks.push('', capacity);
  blocks.push('', legend(experiment, wide));
  if (summary.frontier !== undefined) {
    const ownMoney = caveatLines(summary.cells, ({ kind }) => kind === 'own_money');
    blocks.push('', frontierSummary(summary.frontier, ownMoney));
  }
  return blocks.join('\n');
}

function shockBlock(
  experiment: MarketExperiment,
  shock: string,
  cells: readonly CellSummary[],
  { comparisons }: Summary,
  wide: boolean,
): string[] {
  const unit = experiment.money;
  const width = widthOf(process.stdout);
  const shown = shownColumns(cells, unit, wide);
  const blocks = [pc.bold(wrapped(minus(shock), width)), tableOf(experiment, cells, shown)];
  const metrics = new Set([...shown.map(({ metric }) => metric), ...(wide ? ['tail_m'] : [])]);
  const concernsThese = ({ kind, of }: Caveat): boolean =>
    kind !== 'own_money' && (of === undefined || metrics.has(of.metric)); // own money is a cost: of the frontier
  blocks.push(...caveatLines(cells, concernsThese).map((line) => wrapped(line, width, 2)));
  if (wide) {
    blocks.push(...tailLines(cells).map((line) => wrapped(line, width, 4)));
    for (const { labels, against, metrics } of comparisons) {
      if (labels['shock'] !== shock) continue;
      const difference = (name: string, format: Format) => estimateText(estimateIn(metrics, name), format);
      const line =
        `${policyAt(labels)} − ${against}: P(cascade) ${difference('p_systemic', plain)}, ` +
        `accounts ${difference('accounts_mean', whole)}, ` +
        `amplification ${difference('amplification', plain)}, ` +
        `bad debt ${difference('bad_debt', money)} ${unit}`;
      blocks.push(wrapped(line, width, 2));
    }
  }
  const forks = counterfactualReport(cells, unit, wide);
  if (forks !== undefined) blocks.push('The same runs with one thing changed at the shock', forks);
  return blocks;
}

/** The absorption capacity is the last column, where there is one. */
function tableOf(
  { lac, money: unit }: MarketExperiment,
  cells: readonly CellSummary[],
  shown: readonly MetricColumn[],
): string {
  const metrics = shown.map(({ head, metric, kind }) => ({
    head,
    cells: cells.map((cell) => estimateCell(estimateIn(cell.metrics, metric), formatOfKind(kind))),
  }));
  const capacity = {
    head: `absorbs\n${unit}`,
    cells: cells.map((cell) =>
      lac === undefined ? '' : estimateCell(cell.metrics['lac'] as Capacity, money),
    ),
  };
  const policy = { head: 'policy', cells: cells.map((cell) => policyAt(cell.labels)) };
  return table(policy, lac === undefined ? metrics : [...metrics, capacity]);
}

function describe(experiment: MarketExperiment, summary: Summary): string {
  const { metrics } = summary.cells[0]!;
  const accounts = experiment.groups.reduce((sum, group) => sum + group.count, 0);
  const interest = estimateIn(metrics, 'open_interest');
  return (
    `${marketNames(experiment)} · ` +
    `${accounts.toLocaleString('en-US')} accounts · open interest ${money(interest.value)} ` +
    experiment.money
  );
}

/** `BTC-PERP`, or `BTC-PERP at A, B`. */
function marketNames({ venues }: MarketExperiment): string {
  const names = [...new Set(venues.flatMap(({ instruments }) => instruments.map(({ name }) => name)))].join(
    ', ',
  );
  return venues.length === 1 ? names : `${names} at ${venues.map(({ name }) => name).join(', ')}`;
}

function legend({ systemic, lac, counterfactuals, money: unit }: MarketExperiment, wide: boolean): string {
  const text =
    `Each cell: estimate over [95 % interval], or over its one bound (≥, ≤) where so few runs bound one side only; means ` +
    `of fewer than 20 runs, and of runs that are all alike, have none. P(cascade): share of runs in which ` +
    `${systemic.text}. ` +
    (lac === undefined ? '' : `absorbs: ${absorptionLegend(lac, unit)} `) +
    (counterfactuals.length === 0 ? '' : `causal share: what the change takes off the run’s own number. `) +
    (wide ? 'Differences are paired on the same seeds.' : 'All other columns and differences: --wide.');
  return pc.dim(wrapped(text, widthOf(process.stdout)));
}
