/** The market model's results: for each shock a table with one row a policy, then the paired differences. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { MarketExperiment } from '../../lab/experiment/index.ts';
import type { CellSummary, Summary } from '../../lab/models/model.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { absorptionReport } from './absorption.ts';
import { counterfactualReport } from './counterfactuals.ts';
import { frontierSummary } from './frontier.ts';
import { caveatLines } from './caveats.ts';
import { tailLines } from './market-tail.ts';
import type { Format } from './numbers.ts';
import { estimateCell, estimateText, money, percent, plain, whole } from './numbers.ts';

interface Column {
  readonly head: string;
  readonly metric: string;
  readonly format: Format;
  /** false: shown only where it is not 0 everywhere. */
  readonly always?: boolean;
}

function columns(unit: string): readonly Column[] {
  return [
    { head: 'P(cascade)', metric: 'p_systemic', format: plain },
    { head: 'accounts\nliquidated', metric: 'accounts_mean', format: whole },
    { head: 'accounts\n95th pct', metric: 'accounts_p95', format: whole },
    { head: 'share of\nopen interest', metric: 'share_mean', format: percent },
    { head: 'share\n95th pct', metric: 'share_p95', format: percent },
    { head: 'last touch:\nbranching ratio', metric: 'branching_ratio', format: plain },
    { head: 'caused by\nliquidations', metric: 'caused_share', format: percent },
    { head: 'deepest\ngeneration', metric: 'deepest_generation', format: plain },
    { head: 'amplifi-\ncation', metric: 'amplification', format: plain },
    { head: 'worst\nprice move', metric: 'worst_move', format: percent },
    { head: 'healthy again\n1 min later', metric: 'healthy_again_60s', format: percent },
    { head: `bad debt\n${unit}`, metric: 'bad_debt', format: money },
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

/** Where stdout is no terminal, tables are not folded. */
const UNFOLDED = 1000;

export function marketReport(experiment: MarketExperiment, summary: Summary): string {
  const unit = experiment.money;
  const all = columns(unit);
  const width = process.stdout.isTTY ? process.stdout.columns : UNFOLDED;
  const shocks = [...new Set(summary.cells.map((cell) => cell.labels['shock']!))];
  const blocks: string[] = [describe(experiment, summary)];
  for (const shock of shocks) {
    const cells = summary.cells.filter((cell) => cell.labels['shock'] === shock);
    blocks.push('', pc.bold(shock));
    const shown = all.filter(
      ({ metric, always }) => always !== false || cells.some((cell) => isThere(cell, metric)),
    );
    for (const part of folded(cells, shown, width)) blocks.push(tableOf(cells, part));
    blocks.push(...caveatLines(cells), ...tailLines(cells));
    for (const { labels, against, metrics } of summary.comparisons) {
      if (labels['shock'] !== shock) continue;
      const difference = (name: string, format: Format) => estimateText(metrics[name] as Estimate, format);
      blocks.push(
        `${labels['policy']!} − ${against}: P(cascade) ${difference('p_systemic', plain)}, ` +
          `accounts ${difference('accounts_mean', whole)}, ` +
          `amplification ${difference('amplification', plain)}, ` +
          `bad debt ${difference('bad_debt', money)} ${unit}`,
      );
    }
    const forks = counterfactualReport(cells, unit);
    if (forks !== undefined) blocks.push(forks);
  }
  const capacity = absorptionReport(
    experiment,
    summary.cells.filter((cell) => cell.labels['shock'] === shocks[0]),
  );
  if (capacity !== undefined) blocks.push('', capacity);
  blocks.push('', legend(experiment));
  if (summary.frontier !== undefined) blocks.push('', frontierSummary(summary.frontier));
  return blocks.join('\n');
}

function isThere(cell: CellSummary, metric: string): boolean {
  const { value } = cell.metrics[metric] as Estimate;
  return value > 0 || value < 0; // NaN is nothing to show
}

/** The columns in as many tables as it takes for each to fit into the terminal, the policy's name in all of them. */
function folded(cells: readonly CellSummary[], all: readonly Column[], width: number): Column[][] {
  const nameWidth = widest(['policy', ...cells.map((cell) => cell.labels['policy']!)]) + 4;
  const parts: Column[][] = [];
  let used = Infinity;
  for (const column of all) {
    const texts = cells.map((cell) => estimateCell(cell.metrics[column.metric] as Estimate, column.format));
    const needed = widest([column.head, ...texts].flatMap((text) => text.split('\n'))) + 3;
    if (used + needed > width) {
      parts.push([]);
      used = nameWidth;
    }
    parts.at(-1)!.push(column);
    used += needed;
  }
  return parts;
}

function widest(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => line.length));
}

function tableOf(cells: readonly CellSummary[], shown: readonly Column[]): string {
  const table = new Table({
    head: ['policy', ...shown.map((column) => column.head)],
    style: { head: [], border: [], compact: false },
  });
  for (const cell of cells) {
    table.push([
      cell.labels['policy']!,
      ...shown.map((column) => estimateCell(cell.metrics[column.metric] as Estimate, column.format)),
    ]);
  }
  return table.toString();
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

function legend(experiment: MarketExperiment): string {
  return pc.dim(
    `Each cell: estimate over [95 % interval], or over its one bound (≥, ≤) where so few runs bound one side only; means of fewer than 20 runs, and of runs that are all alike, have none. P(cascade): share of runs in which ` +
      `${experiment.systemic.text}. Differences are paired on the same seeds.`,
  );
}
