/** The market as margin rules see it, read off the ledger and the book when a rule asks. */
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import type { MarketView } from '../../clearing/margin/market-view.ts';
import type { Book } from '../../market/book.ts';
import { BUY, SELL } from '../../market/book.ts';

export class MarginView implements MarketView {
  private readonly ledger: Ledger;
  private readonly book: Book;
  /** What `depth` counts: lots no further from the mark than this price. */
  private side: 0 | 1 = BUY;
  private limit = 0;
  private lots = 0;
  private readonly count = (order: number, key: number): void => {
    const price = key ^ -this.side;
    if (this.side === BUY ? price >= this.limit : price <= this.limit)
      this.lots += this.book.orders.lots(order);
  };

  constructor(ledger: Ledger, book: Book) {
    this.ledger = ledger;
    this.book = book;
  }

  openInterest(instrument: number): number {
    return openInterestOf(this.ledger, instrument);
  }

  depth(instrument: number, within: number): number {
    const bids = this.depthOf(instrument, BUY, within);
    const asks = this.depthOf(instrument, SELL, within);
    return bids < asks ? bids : asks;
  }

  private depthOf(instrument: number, side: 0 | 1, within: number): number {
    this.side = side;
    this.limit = this.ledger.marks[instrument]! * (side === BUY ? 1 - within : 1 + within);
    this.lots = 0;
    this.book.ladder.forEach(2 * instrument + side, this.count);
    return this.lots;
  }
}

/** Open interest of an instrument, lots: the longs of accounts that must meet margin requirements, or their shorts. */
export function openInterestOf(ledger: Ledger, instrument: number): number {
  let long = 0;
  let short = 0;
  for (let account = 0; account < ledger.accounts.margined.length; account++) {
    if (ledger.accounts.margined[account] === 0) continue;
    const lots = ledger.position(account, instrument);
    if (lots > 0) long += lots;
    else short -= lots;
  }
  return long > short ? long : short;
}
