/** What is auctioned, as a liquidator sees it, and its answer. One object a world, used again for each question. */
export class Offer {
  instrument = 0;
  /** From the taker's side: positive lots it would buy, negative ones sell. */
  lots = 0;
  /** Ticks. */
  mark = 0;
  /** Price asked, ticks; 0: bids are sealed, and the taker names one. */
  asked = 0;
  /** Most lots (unsigned) that it takes, and at which price; set by `take`. */
  wanted = 0;
  price = 0;

  /** Answers with lots (unsigned), rounded down, and in a sealed auction a price in ticks, to the nearest. */
  take(lots: number, price = this.asked): void {
    const most = Math.abs(this.lots);
    this.wanted = lots >= 1 ? Math.min(Math.floor(lots), most) : 0;
    this.price = this.asked > 0 ? this.asked : Math.round(price);
  }

  /** Discount of a price from the mark as the taker sees it: positive is cheap for a purchase, dear for a sale. */
  discount(price: number): number {
    return (this.lots > 0 ? this.mark - price : price - this.mark) / this.mark;
  }

  /** The price (ticks) at a discount, rounded in the taker's favour. */
  priceAt(discount: number): number {
    return this.lots > 0 ? Math.floor(this.mark * (1 - discount)) : Math.ceil(this.mark * (1 + discount));
  }
}
