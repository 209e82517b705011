/** Taps on collateral assets: every change of a price, every forced sale. */
import type { Journal } from './journal.ts';
import { tap } from './tap.ts';

export function tapCollateral(journal: Journal): void {
  const { ledger, breaches } = journal.venue;
  const { collateral } = ledger;
  const written = Array.from(collateral.price);
  tap(breaches, 'reachAsset', (reach) => (asset, price) => {
    if (price !== written[asset]) journal.write('audit_prices', { ...journal.stamp(), asset, price });
    written[asset] = price;
    reach(asset, price);
  });
  tap(collateral, 'sellLots', (sell) => (account, asset, lots) => {
    const quanta = sell(account, asset, lots);
    const kept = collateral.held(account, asset);
    journal.write('audit_sales', { ...journal.stamp(), account, asset, lots, quanta, kept });
    return quanta;
  });
  tap(ledger, 'sellCollateral', (sell) => (account, debt) => {
    return journal.during('collateral', () => sell(account, debt));
  });
}
