/**
 * The check before an order of a margined account enters: a restricted account may only reduce, and (if the policy says
 * so) equity must cover the initial margin of what all its open orders could lead to at worst.
 */
import type { ClearingHouse } from '../clearing/house.ts';
import type { Book } from '../market/book.ts';
import { BUY } from '../market/book.ts';

export class OrderCheck {
  private readonly house: ClearingHouse;
  private readonly book: Book;
  private readonly margined: Uint8Array;
  private buying = 0;
  private selling = 0;

  constructor(house: ClearingHouse, book: Book, margined: Uint8Array) {
    this.house = house;
    this.book = book;
    this.margined = margined;
  }

  /** Lots (negative: to sell) of an order that may enter; 0: none. */
  admits(account: number, instrument: number, lots: number): number {
    if (this.margined[account] === 0) return lots;
    const { house } = this;
    const position = house.ledger.position(account, instrument);
    this.sumOpen(account, instrument);
    const reduces = lots > 0 ? -position - this.buying : position - this.selling;
    if (Math.abs(lots) <= reduces) return lots;
    if (house.isRestricted(account)) return reduces <= 0 ? 0 : lots > 0 ? reduces : -reduces;
    if (!house.rules.checksOrders) return lots;
    const buying = this.buying + (lots > 0 ? lots : 0);
    const selling = this.selling - (lots < 0 ? lots : 0);
    return house.affords(account, instrument, buying, selling) ? lots : 0;
  }

  /** Sums up the account's open orders in an instrument: walks its own list. */
  private sumOpen(account: number, instrument: number): void {
    const { orders } = this.book;
    this.buying = 0;
    this.selling = 0;
    for (let order = this.book.oldest(account); order >= 0; order = orders.owner_next[order]! - 1) {
      if (orders.line[order]! >> 1 !== instrument) continue;
      if ((orders.line[order]! & 1) === BUY) this.buying += orders.lots[order]!;
      else this.selling += orders.lots[order]!;
    }
  }
}
