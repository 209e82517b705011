/** Each instrument's session: trading continuously, or in a call period in which orders collect. */
import type { ExchangeTables } from './exchange-schema.ts';

export class Sessions {
  readonly columns: ExchangeTables['sessions'];

  constructor(tables: ExchangeTables) {
    this.columns = tables.sessions;
  }

  isCall(instrument: number): boolean {
    return this.columns.call[instrument] !== 0;
  }

  /** Opens a call period. `reference`: ticks, 0 for none; `limit`: share by which pressure may move the price from there. */
  call(instrument: number, reference: number, limit: number): void {
    const { columns } = this;
    columns.call[instrument] = 1;
    columns.reference[instrument] = reference;
    columns.limit[instrument] = limit;
  }

  /** Ends it. */
  trade(instrument: number): void {
    this.columns.call[instrument] = 0;
  }
}
