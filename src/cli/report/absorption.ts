/** The absorption capacity as a table: a row a policy, a column a window. */
import { policyAt } from '../../models/market/venue-columns.ts';
import pc from 'picocolors';
import type { AbsorptionSettings, MarketExperiment } from '../../models/experiment.ts';
import { percent as shareText, shortDuration } from '../../models/experiment.ts';
import type { Capacity } from '../../models/market/absorption-results.ts';
import type { CellSummary } from '../../models/model.ts';
import { estimateCell, money, percent } from '../../report/words/numbers.ts';
import { table } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

/** undefined: the experiment does not ask for it. `cells`: those of one shock, as capacities do not depend on it. */
export function absorptionReport(
  { lac, money: unit }: MarketExperiment,
  cells: readonly CellSummary[],
): string | undefined {
  if (lac === undefined) return undefined;
  const heads = lac.windows_us.map((window_us) => `${unit} sold\nin ${shortDuration(window_us)}`);
  const curves = cells.map(({ metrics }) => metrics['lac_curve'] as readonly Capacity[]);
  const columns = heads.map((head, i) => ({
    head,
    cells: curves.map((curve) => estimateCell(curve[i]!, money)),
  }));
  const again = {
    head: 'absorbed a larger\nthan one that failed',
    cells: curves.map((curve) => curve.map((one) => percent(one.larger_absorbed.value)).join(', ')),
  };
  const policy = { head: 'policy', cells: cells.map(({ labels }) => policyAt(labels)) };
  const sales = (cells[0]!.metrics['lac'] as Capacity).continuations;
  const states = lac.states === 'all' ? 'each from a market of its own' : 'all from the market of run 0';
  const text = `${absorptionLegend(lac, unit)} ${sales} continuations, ${states}.`;
  return [
    pc.bold('Absorption capacity'),
    table(policy, [...columns, again]),
    pc.dim(wrapped(text, widthOf(process.stdout))),
  ].join('\n');
}

/** What a capacity is. */
export function absorptionLegend({ probability, drop }: AbsorptionSettings, unit: string): string {
  return (
    `the largest forced sale (${unit}) after which with a probability of ${shareText(probability)} nobody owes more ` +
    `than his collateral and the price has stayed within ${shareText(drop)}.`
  );
}
