/**
 * Breaches: accounts whose equity has fallen to their maintenance margin. Each opens a call, with the fill that caused it,
 * and the clearing house's first look at the account is scheduled. What is done there is the liquidator's business.
 */
import type { ClearingHouse } from '../clearing/house.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Book } from '../market/book.ts';
import { NO_CAUSE } from '../market/book.ts';
import { VISIT } from './events.ts';
import type { Scenario } from './scenario.ts';
import type { WorldTables } from './tables.ts';

/** No fill made it: the mark moved because quotes did, or the requirement changed. */
export const NO_FILL = -1;

export class Breaches {
  private readonly book: Book;
  private readonly house: ClearingHouse;
  private readonly queue: EventQueue;
  private readonly margined: Uint8Array;
  private readonly latency: number;
  private readonly fillsKept: number;

  constructor(scenario: Scenario, tables: WorldTables, queue: EventQueue, book: Book, house: ClearingHouse) {
    this.book = book;
    this.house = house;
    this.queue = queue;
    this.margined = tables.accounts.margined;
    this.latency = scenario.latency.liquidation_us;
    this.fillsKept = scenario.capacity.fills >> 1;
  }

  /** The mark has come to a price (ticks): calls for the accounts whose trigger it has reached. */
  reach(instrument: number, mark: number): void {
    const { house } = this;
    if (house.engineOff) return;
    const { triggers } = house;
    for (;;) {
      const account = triggers.crossed(instrument, mark);
      if (account < 0) return;
      // With several positions a trigger is a reason to look, not yet a breach.
      if (house.watch(account)) continue;
      this.open(account, instrument, this.fillThrough(account, instrument, triggers.crossedPrice));
    }
  }

  /** Requirements have changed: every watched account is looked at again. */
  reviewAll(instrument: number): void {
    const { house } = this;
    if (house.engineOff) return;
    for (let account = 0; account < this.margined.length; account++) {
      if (this.margined[account] === 0 || house.inDistress(account)) continue;
      if (!house.watch(account)) this.open(account, instrument, NO_FILL);
    }
  }

  /** An account's money or positions changed (at its birth, or by a fill). */
  review(account: number, instrument: number, fill: number): void {
    const { house } = this;
    if (this.margined[account] === 0 || house.engineOff || house.inDistress(account)) return;
    if (!house.watch(account)) this.open(account, instrument, fill);
  }

  /** Accounts that bore losses since row `from` of their log: money or positions changed, so triggers have moved. */
  reviewBearers(from: number, instrument: number): void {
    const { losses } = this.house;
    for (let row = from; row < losses.count; row++)
      this.review(losses.log.account[row]!, instrument, NO_FILL);
  }

  private open(account: number, instrument: number, fill: number): void {
    const { book, house } = this;
    const parent = fill === NO_FILL ? NO_CAUSE : book.fills.sweeps.cause[book.fills.sweepOf(fill)]!;
    const call = house.openCall(this.queue.now, account, instrument, fill, parent);
    const at = this.queue.now + this.latency;
    const row = this.queue.schedule(at, VISIT, account, instrument);
    this.queue.columns.a[row] = call;
  }

  /**
   * The latest fill that carried the traded price through a trigger: at or beyond it, after a fill (or a start) on the
   * near side of it. NO_FILL when the ring of latest fills holds none: quotes, not trades, moved the mark.
   */
  private fillThrough(account: number, instrument: number, trigger: number): number {
    const { fills } = this.book;
    const { columns, sweeps } = fills;
    const falling = this.house.ledger.position(account, instrument) > 0;
    const oldest = Math.max(0, fills.count - this.fillsKept);
    let candidate = NO_FILL;
    for (let n = fills.count - 1; n >= oldest; n--) {
      const row = fills.row(n);
      if (sweeps.instrument[columns.sweep[row]!] !== instrument) continue;
      const price = columns.price[row]!;
      const beyond = falling ? price <= trigger : price >= trigger;
      if (beyond) candidate = n;
      else if (candidate !== NO_FILL) return candidate;
    }
    return candidate;
  }
}
