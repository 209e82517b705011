/** Taps on the unwinding of what fund and vault took over: each turn of a holder, and the order that it gives. */
import type { Journal } from './journal.ts';
import { tap } from './tap.ts';

export function tapUnwinding(journal: Journal): void {
  const { unwinding, commands, tables, ledger, house } = journal.venue;
  tap(unwinding, 'step', (step) => (account, instrument) => {
    const cause = tables.inventory.liquidation[account * ledger.instruments + instrument]! - 1;
    if (!house.engineOff) {
      const turn = { action: 'turn', account, instrument, lots: 0, cause };
      journal.write('audit_unwinding', { ...journal.stamp(), ...turn });
    }
    step(account, instrument);
  });
  tap(commands, 'closeInventory', (close) => (account, instrument, lots, cause) => {
    const order = { action: 'order', account, instrument, lots, cause };
    journal.write('audit_unwinding', { ...journal.stamp(), ...order });
    close(account, instrument, lots, cause);
  });
}
