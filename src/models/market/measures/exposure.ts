/** What stands at the shock: open interest, and how it lies against the book's depth. */
import { liquidationMap } from '../../../sim/observe/liquidation-map.ts';
import { positiveMeans } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** How far below the mark the branching ratio is read off the map, %. */
const REACH_PERCENT = 5;

export const exposure: Measure = {
  columns: [
    real('open_interest', 'money', 'Open interest at the shock, at the mark.'),
    real(
      'traders_money',
      'money',
      'Equity of all margined accounts just before the shock: what traders hold of their own.',
    ),
    real(
      'breaking_over_depth',
      '',
      'Notional of positions whose trigger lies within 5 % below the mark, over the bids there, just before the shock.',
    ),
  ],
  atShock(run) {
    run.set('traders_money', run.money(tradersMoney(run)));
    let breaking = 0;
    let depth = 0;
    for (const step of liquidationMap(run.venue)) {
      if (step.instrument !== 0 || step.side !== 'below' || step.percent > REACH_PERCENT) continue;
      breaking += step.breaking;
      depth += step.depth;
    }
    run.set('open_interest', run.money(run.openInterest));
    run.set('breaking_over_depth', breaking / depth);
  },
  metrics: (runs) =>
    positiveMeans(runs, ['breaking_over_depth', 'open_interest', 'traders_money'], 'there are no bids'),
};

function tradersMoney({ venue: { ledger } }: MarketRun): number {
  const { margined } = ledger.accounts;
  let equity = 0;
  for (let account = 0; account < margined.length; account++) {
    if (margined[account] !== 0) equity += ledger.equity(account);
  }
  return equity;
}
