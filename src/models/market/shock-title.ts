/** What a cell's shock is called in tables and results. */
import type { MarketCell, MarketExperiment } from './file/compile.ts';

export function shockTitle(experiment: Pick<MarketExperiment, 'shocks'>, cell: MarketCell): string {
  return experiment.shocks[cell.shock]!.title;
}
