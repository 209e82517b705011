/** Call auctions: a period in which orders collect without trading, and the uncross that ends it at one price. */
import { EMPTY } from '../core/ladder.ts';
import { auctionPrice } from './auction-price.ts';
import type { AuctionResult } from './auction-price.ts';
import type { Side } from './book.ts';
import { BUY, NO_CAUSE, SELL } from './book.ts';
import type { ExchangeTables } from './exchange-schema.ts';
import type { Matcher } from './matcher.ts';
import { FALLING, RISING, WAITING } from './open-orders.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Reports } from './reports.ts';

export class CallAuction {
  private readonly sessions: ExchangeTables['sessions'];
  private readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly reports: Reports;
  private readonly result: AuctionResult = { price: 0, volume: 0 };

  constructor(sessions: ExchangeTables['sessions'], open: OpenOrders, matcher: Matcher, reports: Reports) {
    this.sessions = sessions;
    this.open = open;
    this.matcher = matcher;
    this.reports = reports;
  }

  isCall(instrument: number): boolean {
    return this.sessions.call[instrument] !== 0;
  }

  /** Opens a call period: orders collect without trading. `reference`: ticks, 0 for none; `limit`: a share. */
  begin(instrument: number, reference: number, limit: number): void {
    const { sessions } = this;
    sessions.call[instrument] = 1;
    sessions.reference[instrument] = reference;
    sessions.limit[instrument] = limit;
  }

  /** Ends the call period: what can trade does, at one price. */
  uncross(instrument: number): void {
    const { sessions } = this;
    const { result, reports } = this;
    sessions.call[instrument] = 0;
    auctionPrice(
      {
        demand: (price) => this.collected(instrument, BUY, price),
        supply: (price) => this.collected(instrument, SELL, price),
      },
      sessions.reference[instrument]!,
      sessions.limit[instrument]!,
      this.open.book.lastPrice(instrument),
      result,
    );
    const { price } = result;
    if (result.volume > 0) reports.auction(instrument, price, result.volume);
    for (let left = result.volume; left > 0;) left -= this.pair(instrument, price, left);
    for (const side of [BUY, SELL]) {
      const line = this.open.lineOf(instrument, WAITING + side);
      while (this.open.aside.best[line] !== EMPTY)
        this.matcher.cancel(this.open.aside.firstAtBest(line), 'market');
    }
    if (result.volume > 0) {
      this.matcher.gather(instrument, RISING, price);
      this.matcher.gather(instrument, FALLING, price);
    }
    this.matcher.workTriggered();
  }

  /** One pair of an auction: the best buyer and the best seller. Returns the lots traded. */
  private pair(instrument: number, price: number, most: number): number {
    const { orders } = this.open.book;
    const buyer = this.front(instrument, BUY);
    const seller = this.front(instrument, SELL);
    const lots = Math.min(most, orders.lots[buyer]!, orders.lots[seller]!);
    const { age } = this.open;
    const side = age[buyer]! > age[seller]! ? BUY : SELL;
    const [maker, taker] = side === BUY ? [seller, buyer] : [buyer, seller];
    this.open.book.record(
      this.matcher.now,
      instrument,
      side,
      price,
      lots,
      this.open.ownerOf(maker),
      orders.tag[maker]!,
      this.open.ownerOf(taker),
      orders.tag[taker]!,
      NO_CAUSE,
    );
    this.matcher.tell();
    this.open.consume(buyer, lots);
    this.open.consume(seller, lots);
    return lots;
  }

  /** First in line to trade in an auction: those who asked for no price come first. */
  private front(instrument: number, side: Side): number {
    const line = this.open.lineOf(instrument, WAITING + side);
    if (this.open.aside.best[line] !== EMPTY) return this.open.aside.firstAtBest(line);
    return this.open.book.ladder.firstAtBest(2 * instrument + side);
  }

  /** Lots that would trade at a price: waiting market orders, and limit orders at that price or better. */
  private collected(instrument: number, side: Side, price: number): number {
    const { aside } = this.open;
    const { ladder } = this.open.book;
    const waiting = this.open.lineOf(instrument, WAITING + side);
    let lots = 0;
    for (let row = aside.firstAt(waiting, 0); row >= 0; row = aside.nextAt(row))
      lots += this.open.openLots(row);
    const line = 2 * instrument + side;
    const worst = price ^ -side;
    for (let key = ladder.best[line]!; key !== EMPTY && key >= worst; key = ladder.nextBelow(line, key)) {
      for (let row = ladder.firstAt(line, key); row >= 0; row = ladder.nextAt(row))
        lots += this.open.openLots(row);
    }
    return lots;
  }
}
