/** Call auctions: a period in which orders collect without trading, and the uncross that ends it at one price. */
import { AuctionPrice } from './auction-price.ts';
import type { Bands } from './bands.ts';
import type { Side } from './book.ts';
import { BUY, NO_CAUSE, SELL } from './book.ts';
import type { Matcher } from './matcher.ts';
import { newOrder } from './order.ts';
import { WAITING } from './open-orders.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Reports } from './reports.ts';
import type { Sessions } from './sessions.ts';
import type { Stops } from './stops.ts';

export class CallAuction {
  private readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly stops: Stops;
  private readonly sessions: Sessions;
  private readonly bands: Bands;
  private readonly reports: Reports;
  private readonly result: AuctionPrice;
  /** The taker of a trade. */
  private readonly taker = newOrder();

  constructor(
    open: OpenOrders,
    matcher: Matcher,
    stops: Stops,
    sessions: Sessions,
    bands: Bands,
    reports: Reports,
  ) {
    this.open = open;
    this.matcher = matcher;
    this.stops = stops;
    this.sessions = sessions;
    this.bands = bands;
    this.reports = reports;
    this.result = new AuctionPrice(open);
  }

  /** Ends the call period: what can trade does, at one price. Stops that it sets off are the caller's to work. */
  uncross(instrument: number): void {
    const { sessions, result, reports } = this;
    const { book } = this.open;
    sessions.trade(instrument);
    // A second time only when reduce-only orders fell away between the price and the trades, and left others that meet.
    let traded = false;
    do {
      const { reference, limit } = sessions.columns;
      result.find(instrument, reference[instrument]!, limit[instrument]!, book.lastPrice(instrument));
      if (result.volume === 0) break;
      traded = true;
      reports.auction(instrument, result.price, result.volume);
      const cause = this.trade(instrument, result.price, result.volume);
      this.stops.passed(instrument, result.price, result.price, false, cause);
    } while (this.meets(instrument));
    for (const side of [BUY, SELL] as const) {
      const line = this.open.lineOf(instrument, WAITING + side);
      for (let row = this.open.firstAside(line); row >= 0; row = this.open.firstAside(line)) {
        this.matcher.cancel(row, 'market');
      }
    }
    this.stops.lookAgain(instrument, sessions.columns.mark[instrument]!, book.cause);
    if (traded) this.bands.open(instrument, book.now, book.lastPrice(instrument));
    else this.bands.restart(instrument, book.now);
  }

  /** Pairs the best buyers with the best sellers. Returns the first cause of an order that took part. */
  private trade(instrument: number, price: number, volume: number): number {
    const { matcher } = this;
    const { orders } = this.open.book;
    let cause = NO_CAUSE;
    for (let left = volume; left > 0;) {
      const buyer = this.front(instrument, BUY, price);
      const seller = this.front(instrument, SELL, price);
      if (buyer < 0 || seller < 0) break;
      const bought = matcher.most(instrument, BUY, buyer, Math.min(left, orders.lots(buyer)));
      if (bought === 0) continue;
      const lots = matcher.most(instrument, SELL, seller, Math.min(bought, orders.lots(seller)));
      if (lots === 0) continue;
      const first = this.pair(instrument, price, buyer, seller, lots);
      if (cause === NO_CAUSE) cause = first;
      left -= lots;
    }
    return cause;
  }

  /** One trade of an auction; the order that came later is the taker. Returns the cause that the fill was given. */
  private pair(instrument: number, price: number, buyer: number, seller: number, lots: number): number {
    const { matcher, taker } = this;
    const { orders } = this.open.book;
    // Numbers of arrivals go round: their difference does not.
    const side = ((orders.arrival(buyer) - orders.arrival(seller)) | 0) > 0 ? BUY : SELL;
    const later = side === BUY ? buyer : seller;
    const maker = side === BUY ? seller : buyer;
    const takers = orders.cause(later);
    const cause = takers === NO_CAUSE ? orders.cause(maker) : takers;
    taker.instrument = instrument;
    taker.side = side;
    taker.owner = this.open.ownerOf(later);
    taker.tag = orders.tag(later);
    matcher.record(taker, price, lots, maker, cause);
    if (this.open.isForced(buyer)) this.reports.forced(orders.cause(buyer), lots, price);
    if (this.open.isForced(seller)) this.reports.forced(orders.cause(seller), lots, price);
    matcher.use(instrument, BUY, buyer, lots);
    matcher.use(instrument, SELL, seller, lots);
    return cause;
  }

  /** First in line to trade at a price, or -1: those who asked for no price come first. */
  private front(instrument: number, side: Side, price: number): number {
    const waiting = this.open.firstAside(this.open.lineOf(instrument, WAITING + side));
    if (waiting >= 0) return waiting;
    const { book } = this.open;
    return book.crosses(instrument, (1 - side) as Side, price)
      ? book.ladder.firstAtBest(2 * instrument + side)
      : -1;
  }

  /** True if there is still something to trade. */
  private meets(instrument: number): boolean {
    const { book } = this.open;
    const bid = book.bestBid(instrument);
    const ask = book.bestAsk(instrument);
    const buyer = this.open.firstAside(this.open.lineOf(instrument, WAITING + BUY)) >= 0;
    const seller = this.open.firstAside(this.open.lineOf(instrument, WAITING + SELL)) >= 0;
    return (buyer && (seller || ask > 0)) || (seller && bid > 0) || (bid > 0 && ask > 0 && bid >= ask);
  }
}
