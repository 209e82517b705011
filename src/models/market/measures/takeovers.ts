/** Which layer took positions over, and how many accounts were deleveraged. */
import { layerName } from '../../../clearing/waterfall/index.ts';
import type { ColumnInfo } from '../../model.ts';
import { positiveMeans } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { int, real } from '../../columns.ts';

const share = (name: string, about: string): ColumnInfo =>
  real(name, 'share', `${about}, over open interest at the shock.`);

/** Column of each layer that takes positions over. */
const COLUMNS: Readonly<Record<string, string>> = {
  adl: 'deleveraged',
  insurance: 'fund_took',
  backstop: 'vault_took',
  auction: 'auctioned',
};

export const takeovers: Measure = {
  columns: [
    share('deleveraged', 'Positions closed against opposite traders (ADL)'),
    share('fund_took', 'Positions that the insurance fund took over'),
    share('vault_took', 'Positions that the backstop vault took over'),
    share('auctioned', 'Positions that liquidators bought in auctions'),
    int('deleveraged_accounts', 'accounts', 'Traders whose positions were closed by ADL.'),
  ],
  atEnd(run) {
    const { house, ledger } = run.venue;
    const { log, count } = house.losses;
    const taken = new Map<string, number>();
    const deleveraged = new Set<number>();
    for (let row = 0; row < count; row++) {
      const liquidation = log.liquidation[row]!;
      if (liquidation < run.firstLiquidation || log.lots[row] === 0) continue;
      const layer = layerName(log.layer[row]!);
      const { instrument, mark } = house.liquidations;
      const size = Math.abs(log.lots[row]!);
      const value = ledger.contracts.notional(instrument[liquidation]!, size, mark[liquidation]!);
      taken.set(layer, (taken.get(layer) ?? 0) + value);
      if (layer === 'adl') deleveraged.add(log.account[row]!);
    }
    for (const [layer, column] of Object.entries(COLUMNS)) {
      run.set(column, run.share(taken.get(layer) ?? 0));
    }
    run.set('deleveraged_accounts', deleveraged.size);
  },
  metrics: (runs) => positiveMeans(runs, [...Object.values(COLUMNS), 'deleveraged_accounts']),
};
