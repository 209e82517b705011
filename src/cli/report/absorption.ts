/** The absorption capacity as a table: a row a policy, a column a window. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { MarketExperiment } from '../../lab/experiment/index.ts';
import { percent as shareText, shortDuration } from '../../lab/experiment/index.ts';
import type { Capacity } from '../../lab/models/market/absorption-results.ts';
import type { CellSummary } from '../../lab/models/model.ts';
import { estimateCell, money, percent } from './numbers.ts';

/** undefined: the experiment does not ask for it. `cells`: those of one shock, as capacities do not depend on it. */
export function absorptionReport(
  { lac, money: unit }: MarketExperiment,
  cells: readonly CellSummary[],
): string | undefined {
  if (lac === undefined) return undefined;
  const heads = lac.windows_us.map((window_us) => `${unit} sold\nin ${shortDuration(window_us)}`);
  const table = new Table({
    head: ['policy', ...heads, 'absorbed a larger sale\nthan one that failed'],
    style: { head: [], border: [] },
  });
  for (const { labels, metrics } of cells) {
    const curve = metrics['lac_curve'] as readonly Capacity[];
    const again = curve.map((one) => percent(one.larger_absorbed.value)).join(', ');
    table.push([labels['policy']!, ...curve.map((one) => estimateCell(one, money)), again]);
  }
  const sales = (cells[0]!.metrics['lac'] as Capacity).continuations;
  return [
    pc.bold('Absorption capacity'),
    table.toString(),
    pc.dim(
      `The largest forced sale, over the time given, after which with a probability of ${shareText(lac.probability)} nobody ` +
        `owes more than his collateral and the price has stayed within ${shareText(lac.drop)}; ${sales} continuations, ` +
        (lac.states === 'all' ? 'each from a market of its own.' : 'all from the market of run 0.'),
    ),
  ].join('\n');
}
