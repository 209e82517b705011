/** The market model's results: for each shock a table with one row a policy, then the paired differences. */
import pc from 'picocolors';
import type { MarketExperiment } from '../../models/experiment.ts';
import type { Caveat } from '../../models/caveat.ts';
import type { CellSummary, Summary } from '../../models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Capacity } from '../../models/market/absorption-results.ts';
import { absorptionLegend, absorptionReport } from './absorption.ts';
import { counterfactualReport } from './counterfactuals.ts';
import { frontierSummary } from './frontier.ts';
import { caveatLines } from './caveats.ts';
import { tailLines } from './market-tail.ts';
import type { Format } from './numbers.ts';
import { table } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { estimateCell, estimateText, minus, money, percent, plain, whole } from './numbers.ts';

interface MetricColumn {
  readonly head: string;
  readonly metric: string;
  readonly format: Format;
  /** Shown without --wide. */
  readonly isHeadline?: boolean;
  /** false: shown only where it is not 0 everywhere. */
  readonly always?: boolean;
}

function columns(unit: string): readonly MetricColumn[] {
  return [
    { head: 'P(cascade)', metric: 'p_systemic', format: plain, isHeadline: true },
    { head: 'accounts\nliquidated', metric: 'accounts_mean', format: whole, isHeadline: true },
    { head: 'accounts\n95th pct', metric: 'accounts_p95', format: whole },
    { head: 'share of\nopen interest', metric: 'share_mean', format: percent, isHeadline: true },
    { head: 'share\n95th pct', metric: 'share_p95', format: percent },
    { head: 'last touch:\nbranching ratio', metric: 'branching_ratio', format: plain },
    { head: 'caused by\nliquidations', metric: 'caused_share', format: percent },
    { head: 'deepest\ngeneration', metric: 'deepest_generation', format: plain },
    { head: 'amplification', metric: 'amplification', format: plain, isHeadline: true },
    { head: 'tail index\n1 s returns', metric: 'tail_index', format: plain, always: false },
    { head: 'of it by\nliquidations', metric: 'tail_index_by_liquidations', format: plain, always: false },
    { head: 'clustering\nat 10 s', metric: 'clustering_10s', format: plain, always: false },
    {
      head: 'of it by\nliquidations',
      metric: 'clustering_10s_by_liquidations',
      format: plain,
      always: false,
    },
    { head: 'worst\nprice move', metric: 'worst_move', format: percent },
    { head: 'healthy again\n1 min later', metric: 'healthy_again_60s', format: percent },
    { head: `bad debt\n${unit}`, metric: 'bad_debt', format: money, isHeadline: true },
    { head: `bad debt\n95th pct ${unit}`, metric: 'bad_debt_p95', format: money, always: false },
    { head: 'P(fund does\nnot suffice)', metric: 'p_uncovered', format: plain, always: false },
    { head: `insurance\nused ${unit}`, metric: 'insurance_used', format: money },
    { head: `fund gains\nor loses ${unit}`, metric: 'fund_change', format: money, always: false },
    { head: `borne by\nothers ${unit}`, metric: 'shared', format: money, always: false },
    { head: `written\noff ${unit}`, metric: 'written_off', format: money, always: false },
    { head: 'taken over,\nof open int.', metric: 'taken_over', format: percent, always: false },
    { head: 'traders\nwho bear', metric: 'bearers', format: whole, always: false },
    { head: 'calls', metric: 'calls', format: whole },
    { head: 'demands\nunmet', metric: 'calls_unmet', format: whole, always: false },
    { head: 'initial margin\nover equity', metric: 'initial_over_equity', format: plain },
    { head: 'equity over\nmaintenance', metric: 'equity_over_maintenance', format: plain },
    { head: 'equity over\nmaint., worst', metric: 'worst_equity_over_maintenance', format: plain },
    { head: 'breaking over\ndepth, 5 % below', metric: 'breaking_over_depth', format: plain },
  ];
}

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
  const shown = columns(unit).filter(
    ({ metric, always, isHeadline }) =>
      (wide || isHeadline === true) && (always !== false || cells.some((cell) => isThere(cell, metric))),
  );
  const blocks = [pc.bold(wrapped(minus(shock), width)), tableOf(experiment, cells, shown)];
  const metrics = new Set([...shown.map(({ metric }) => metric), ...(wide ? ['tail_m'] : [])]);
  const concernsThese = ({ kind, of }: Caveat): boolean =>
    kind !== 'own_money' && (of === undefined || metrics.has(of.metric)); // own money is a cost: of the frontier
  blocks.push(...caveatLines(cells, concernsThese).map((line) => wrapped(line, width, 2)));
  if (wide) {
    blocks.push(...tailLines(cells).map((line) => wrapped(line, width, 4)));
    for (const { labels, against, metrics } of comparisons) {
      if (labels['shock'] !== shock) continue;
      const difference = (name: string, format: Format) => estimateText(metrics[name] as Estimate, format);
      const line =
        `${labels['policy']!} − ${against}: P(cascade) ${difference('p_systemic', plain)}, ` +
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

function isThere(cell: CellSummary, metric: string): boolean {
  const { value } = cell.metrics[metric] as Estimate;
  return value > 0 || value < 0; // NaN is nothing to show
}

/** The absorption capacity is the last column, where there is one. */
function tableOf(
  { lac, money: unit }: MarketExperiment,
  cells: readonly CellSummary[],
  shown: readonly MetricColumn[],
): string {
  const metrics = shown.map(({ head, metric, format }) => ({
    head,
    cells: cells.map((cell) => estimateCell(cell.metrics[metric] as Estimate, format)),
  }));
  const capacity = {
    head: `absorbs\n${unit}`,
    cells: cells.map((cell) =>
      lac === undefined ? '' : estimateCell(cell.metrics['lac'] as Capacity, money),
    ),
  };
  const policy = { head: 'policy', cells: cells.map((cell) => cell.labels['policy']!) };
  return table(policy, lac === undefined ? metrics : [...metrics, capacity]);
}

function describe(experiment: MarketExperiment, summary: Summary): string {
  const { metrics } = summary.cells[0]!;
  const accounts = experiment.groups.reduce((sum, group) => sum + group.count, 0);
  const interest = metrics['open_interest'] as Estimate;
  return (
    `${experiment.instruments.map((instrument) => instrument.name).join(', ')} · ` +
    `${accounts.toLocaleString('en-US')} accounts · open interest ${money(interest.value)} ` +
    experiment.money
  );
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
