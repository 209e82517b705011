/**
 * Limit order books as plain arrays: each side sorted by price, then by arrival. Slow, and obviously right:
 * what the engine is compared with.
 */
export interface NaiveOrder {
  readonly instrument: number;
  /** 0 bid, 1 ask. */
  readonly side: number;
  readonly price: number;
  lots: number;
  readonly owner: number;
  readonly tag: number;
  readonly cause: number;
  /** The engine's row for it. */
  readonly row: number;
}

export interface NaiveFill {
  readonly time: number;
  readonly instrument: number;
  /** Of the taker. */
  readonly side: number;
  readonly price: number;
  readonly lots: number;
  readonly maker: number;
  readonly taker: number;
  readonly makerTag: number;
  readonly takerTag: number;
  readonly cause: number;
}

export class NaiveBook {
  /** All resting orders in order of arrival. */
  readonly orders: NaiveOrder[] = [];
  /** Those of instrument i: bids at 2i and asks at 2i + 1, the first to trade first. */
  readonly sides: NaiveOrder[][];
  /** Last traded price of each instrument, 0 before the first. */
  readonly last: number[];

  constructor(instruments: number) {
    this.sides = Array.from({ length: 2 * instruments }, () => []);
    this.last = Array.from({ length: instruments }, () => 0);
  }

  /** Trades up to `lots` with the other side, best price and oldest order first, no worse than `limit`. */
  take(order: Omit<NaiveOrder, 'row'>, time: number): { fills: NaiveFill[]; left: number } {
    const { instrument, side, price: limit, owner, tag, cause } = order;
    const fills: NaiveFill[] = [];
    let left = order.lots;
    for (const maker of [...this.sides[2 * instrument + 1 - side]!]) {
      const meets = side === 0 ? maker.price <= limit : maker.price >= limit;
      if (left === 0 || !meets) break;
      const lots = Math.min(left, maker.lots);
      const { price, owner: makes, tag: makerTag } = maker;
      fills.push({
        time,
        instrument,
        side,
        price,
        lots,
        maker: makes,
        taker: owner,
        makerTag,
        takerTag: tag,
        cause,
      });
      left -= lots;
      maker.lots -= lots;
      if (maker.lots === 0) this.remove(maker);
      this.last[instrument] = price;
    }
    return { fills, left };
  }

  rest(order: NaiveOrder): void {
    this.orders.push(order);
    const side = this.sides[2 * order.instrument + order.side]!;
    const worse = (other: NaiveOrder) =>
      order.side === 0 ? other.price < order.price : other.price > order.price;
    const place = side.findIndex(worse);
    side.splice(place < 0 ? side.length : place, 0, order);
  }

  remove(order: NaiveOrder): void {
    this.orders.splice(this.orders.indexOf(order), 1);
    const side = this.sides[2 * order.instrument + order.side]!;
    side.splice(side.indexOf(order), 1);
  }

  /** An owner's orders, oldest first. */
  ofOwner(owner: number): NaiveOrder[] {
    return this.orders.filter((order) => order.owner === owner);
  }

  best(instrument: number, side: number): number {
    return this.sides[2 * instrument + side]![0]?.price ?? 0;
  }
}
