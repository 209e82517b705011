/**
 * Breaches: accounts whose equity has fallen to their maintenance margin. Each opens a call, with the fill that caused it,
 * and the clearing house's first look at the account is scheduled. What is done there is the liquidator's business.
 */
import { NO_ORIGIN } from '../../clearing/calls/call-log.ts';
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { Book } from '../../market/book.ts';
import { NO_CAUSE } from '../../market/book.ts';
import { VISIT } from '../terms/events.ts';
import type { VenueSpec } from '../scenario/scenario.ts';
import type { WorldTables } from '../scenario/tables.ts';

/** No fill made it: the mark moved because quotes did, or the requirement changed. */
export const NO_FILL = -1;

/** What happened is a matter of the account as a whole, or of all instruments. */
export const NO_INSTRUMENT = -1;

/** Latest fills among which the one that carried a price through a trigger is looked for; more are not, however many are kept. */
const MOST_FILLS = 4096;

export class Breaches {
  private readonly book: Book;
  private readonly house: ClearingHouse;
  private readonly queue: Agenda;
  private readonly margined: Uint8Array;
  private readonly latency: number;
  private readonly fillsKept: number;
  /** Of the breach at hand. */
  private readonly origin = { ...NO_ORIGIN };

  constructor(spec: VenueSpec, tables: WorldTables, queue: Agenda, book: Book, house: ClearingHouse) {
    this.book = book;
    this.house = house;
    this.queue = queue;
    this.margined = tables.accounts.margined;
    this.latency = spec.latency.liquidation_us;
    this.fillsKept = Math.min(MOST_FILLS, spec.capacity.fills >> 1);
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
      this.fall(account, instrument, this.fillThrough(instrument, triggers.crossedPrice));
    }
  }

  /** A collateral asset's price has come to so many ticks: the same for the accounts that hold it. */
  reachAsset(asset: number, price: number): void {
    const { house } = this;
    if (house.engineOff) return;
    for (;;) {
      const account = house.triggers.crossedByAsset(asset, price);
      if (account < 0) return;
      if (!house.watch(account)) this.fall(account, NO_INSTRUMENT, NO_FILL);
    }
  }

  /**
   * The instrument that a call is of: where it happened if the account holds some of it, else the first that it holds. One
   * that holds nothing is in debt: by what happened there.
   */
  private calledIn(account: number, instrument: number): number {
    const { ledger } = this.house;
    if (instrument !== NO_INSTRUMENT && ledger.position(account, instrument) !== 0) return instrument;
    for (let i = 0; i < ledger.instruments; i++) if (ledger.position(account, i) !== 0) return i;
    return Math.max(0, instrument);
  }

  /** Requirements of an instrument, or of all (NO_INSTRUMENT), have changed: every account is looked at again. */
  reviewAll(instrument: number): void {
    for (let account = 0; account < this.margined.length; account++) {
      this.review(account, instrument, NO_FILL);
    }
  }

  /**
   * An account's money, positions or requirement changed: at its birth, by a fill, or (`parent`) because it bore a loss
   * of a liquidation. `instrument`: where; NO_INSTRUMENT for money alone.
   */
  review(account: number, instrument: number, fill: number, parent = NO_CAUSE): void {
    const { house } = this;
    if (this.margined[account] === 0 || house.engineOff) return;
    if (!house.watch(account)) this.fall(account, instrument, fill, parent);
  }

  /** An account in distress may have come to a deeper level by its own forced orders: it is looked at again at once if so. */
  hasDeepened(account: number, instrument: number, fill: number): boolean {
    if (this.house.watch(account)) return false;
    this.fall(account, instrument, fill);
    this.look(account, this.queue.now);
    return true;
  }

  /** A healthy account is in breach, or one in distress has fallen to a deeper level: it is looked at soon. */
  private fall(account: number, instrument: number, fill: number, loss = NO_CAUSE): void {
    const { house } = this;
    const { fills } = this.book;
    const now = this.queue.now;
    const sweep = fill === NO_FILL ? -1 : fills.sweepOf(fill);
    const { origin } = this;
    origin.fill = fill;
    origin.fill_us = sweep < 0 ? -1 : fills.sweeps.time(sweep);
    origin.parent = sweep < 0 ? loss : fills.sweeps.cause(sweep);
    if (house.inDistress(account)) house.deepen(account, origin);
    else house.openCall(now, account, this.calledIn(account, instrument), origin);
    this.look(account, now + this.latency);
  }

  /** Schedules the clearing house's next look at an account with a call open; earlier ones are void. */
  look(account: number, time: number): void {
    const { house, queue } = this;
    const call = house.ledger.accounts.call[account]! - 1;
    const row = queue.schedule(time, VISIT, account, 0);
    queue.columns.a[row] = call;
    queue.columns.b[row] = house.log.nextLook(call);
  }

  /** Accounts that bore losses since row `from` of their log: money or positions changed, so triggers have moved. */
  reviewBearers(from: number, instrument: number): void {
    const { losses } = this.house;
    for (let row = from; row < losses.count; row++)
      this.review(losses.log.account[row]!, instrument, NO_FILL, losses.log.liquidation[row]);
  }

  /**
   * The latest fill that carried the traded price through a trigger: at or beyond it, after a fill (or a start) on the
   * near side of it. NO_FILL when the ring of latest fills holds none: quotes, not trades, moved the mark.
   */
  private fillThrough(instrument: number, trigger: number): number {
    const { fills } = this.book;
    const rising = this.house.triggers.crossedRising;
    const oldest = Math.max(0, fills.count - this.fillsKept);
    let candidate = NO_FILL;
    for (let n = fills.count - 1; n >= oldest; n--) {
      const row = fills.row(n);
      if (fills.sweeps.instrument(fills.sweep(row)) !== instrument) continue;
      const price = fills.price(row);
      const beyond = rising ? price >= trigger : price <= trigger;
      if (beyond) candidate = n;
      else if (candidate !== NO_FILL) return candidate;
    }
    return candidate;
  }
}
