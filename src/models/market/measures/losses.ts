/** Losses beyond collateral, who bore them, and what liquidations cost. */
import { FIRST_TRADER, INSURANCE } from '../../../clearing/schema.ts';
import { meanInterval } from '../../../stats/intervals/mean.ts';
import { pairedDifference } from '../../../stats/pairs/paired.ts';
import { shareOf } from '../../lost-runs.ts';
import { quantileInterval } from '../../../stats/intervals/quantile.ts';
import type { ColumnInfo } from '../../model.ts';
import { positiveMeans } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { int, real } from '../../columns.ts';

const money = (name: string, about: string): ColumnInfo => real(name, 'money', about);

export const losses: Measure = {
  columns: [
    money('bad_debt', 'Losses beyond collateral, whoever paid them.'),
    money('insurance_used', 'Of the bad debt, paid by the insurance fund.'),
    money('shared', 'Of the bad debt, borne by other accounts: vault, opposite positions, winners, members.'),
    money('written_off', 'Of the bad debt, paid by nobody.'),
    money('surplus', 'What takers of positions gained against the mark: the bankruptcy price lay beyond it.'),
    real(
      'taken_over',
      'share',
      'Notional that left accounts without the book (fund, vault, deleveraging), over open interest.',
    ),
    int(
      'bearers',
      'accounts',
      'Traders who paid for liquidations, or whose positions were closed against them.',
    ),
    money(
      'fund_change',
      'Equity of the insurance fund at the end less at the shock: fees, payments, and what it took over at the marks.',
    ),
    money('fees', 'Liquidation fees paid to the insurance fund.'),
    int('unfilled', 'orders', 'Forced orders that the book could not fill.'),
  ],
  atShock(run) {
    run.set('fund_change', -run.money(run.venue.ledger.equity(INSURANCE)));
  },
  atEnd(run) {
    const { house, ledger } = run.venue;
    const { liquidations: rows, liquidationCount } = house;
    const total = { insured: 0, shared: 0, writtenOff: 0, surplus: 0, takenOver: 0, fees: 0, unfilled: 0 };
    for (let row = run.firstLiquidation; row < liquidationCount; row++) {
      total.insured += rows.insured[row]!;
      total.shared += rows.shared[row]!;
      total.writtenOff += rows.written_off[row]!;
      total.surplus += rows.surplus[row]!;
      total.fees += rows.fee[row]!;
      total.takenOver += ledger.contracts.notional(
        rows.instrument[row]!,
        rows.taken_over[row]!,
        rows.mark[row]!,
      );
      if (rows.filled[row]! + rows.taken_over[row]! < Math.abs(rows.lots[row]!)) total.unfilled++;
    }
    run.set('bad_debt', run.money(total.insured + total.shared + total.writtenOff));
    run.set('insurance_used', run.money(total.insured));
    run.set('shared', run.money(total.shared));
    run.set('written_off', run.money(total.writtenOff));
    run.set('surplus', run.money(total.surplus));
    run.set('taken_over', run.share(total.takenOver));
    run.set('fund_change', run.get('fund_change') + run.money(ledger.equity(INSURANCE)));
    run.set('bearers', bearers(run));
    run.set('fees', run.money(total.fees));
    run.set('unfilled', total.unfilled);
  },
  metrics: (runs) => ({
    ...positiveMeans(runs, [
      'bad_debt',
      'insurance_used',
      'shared',
      'written_off',
      'surplus',
      'taken_over',
      'bearers',
      'unfilled',
    ]),
    fund_change: meanInterval(runs['fund_change']!),
    bad_debt_p95: quantileInterval(runs['bad_debt']!, 0.95),
    p_uncovered: shareOf(
      runs['bad_debt']!.filter((debt, i) => debt > runs['insurance_used']![i]!).length,
      runs['bad_debt']!.length,
    ),
  }),
  differences: (a, b) => ({ bad_debt: pairedDifference(a['bad_debt']!, b['bad_debt']!) }),
};

/** Distinct accounts of traders that paid for liquidations, or whose positions were closed against them. */
function bearers(run: MarketRun): number {
  const { log, count } = run.venue.house.losses;
  const accounts = new Set<number>();
  for (let row = 0; row < count; row++) {
    if (log.liquidation[row]! >= run.firstLiquidation && log.account[row]! >= FIRST_TRADER) {
      accounts.add(log.account[row]!);
    }
  }
  return accounts.size;
}
