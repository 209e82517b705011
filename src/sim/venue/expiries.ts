/**
 * The end of instruments that have one (contracts that expire): orders are cancelled, the mark becomes the settlement price,
 * every position is closed against the rest of the world at that price, and coins become money there. Nothing is made or
 * lost, and who then owes money goes the way of all debts. No order enters any more.
 */
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import { OUTSIDE } from '../../clearing/schema.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import type { Exchange } from '../../market/exchange.ts';
import type { WorldTables } from '../scenario/tables.ts';
import type { Agenda } from '../terms/agenda.ts';
import { EXPIRY } from '../terms/events.ts';
import type { Breaches } from './breaches.ts';
import { NO_FILL } from './breaches.ts';

export class Expiries {
  private readonly ledger: Ledger;
  private readonly queue: Agenda;
  private readonly exchange: Exchange;
  private readonly breaches: Breaches;
  private readonly prices: WorldTables['prices'];

  constructor(tables: WorldTables, queue: Agenda, ledger: Ledger, exchange: Exchange, breaches: Breaches) {
    this.ledger = ledger;
    this.queue = queue;
    this.exchange = exchange;
    this.breaches = breaches;
    this.prices = tables.prices;
  }

  /** Schedules the ends that there are. */
  prepare(): void {
    const { contracts, instruments } = this.ledger;
    for (let i = 0; i < instruments; i++) {
      const expiry = contracts.expiry(i);
      if (expiry !== undefined) this.queue.schedule(expiry.at_us, EXPIRY, 0, i);
    }
  }

  /** An instrument ends. */
  settle(instrument: number): void {
    const { ledger, breaches } = this;
    this.cancelOrders(instrument);
    const price = ledger.contracts.expiry(instrument)!.settle(this.prices.index[instrument]!);
    ledger.setMark(instrument, Math.max(1, Math.min(MAX_KEY, price)));
    const accounts = ledger.accounts.quote.length;
    for (let account = 0; account < accounts; account++)
      if (account !== OUTSIDE) this.close(account, instrument);
    for (let account = 0; account < accounts; account++) breaches.review(account, instrument, NO_FILL);
  }

  private close(account: number, instrument: number): void {
    const { ledger } = this;
    const lots = ledger.position(account, instrument);
    const price = ledger.marks[instrument]!;
    if (lots > 0) ledger.settle(OUTSIDE, account, instrument, lots, price);
    if (lots < 0) ledger.settle(account, OUTSIDE, instrument, -lots, price);
    if (ledger.coins?.settles(instrument) !== true) return;
    ledger.exchange(account, instrument, -ledger.coins.held(account, instrument));
    if (ledger.coins.home[account] === 1 + instrument) ledger.coins.home[account] = 0;
  }

  /** All of them, forced ones too. */
  private cancelOrders(instrument: number): void {
    const { exchange } = this;
    const { book, open } = exchange;
    for (let owner = 0; owner < this.ledger.accounts.quote.length; owner++) {
      for (let row = book.oldest(owner); row >= 0;) {
        const next = book.orders.owner_next[row]! - 1;
        if (open.instrumentOf(row) === instrument) exchange.cancel(row, 'expired');
        row = next;
      }
    }
  }
}
