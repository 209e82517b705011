/**
 * What was seen of a market in one stretch of time. Facts are functions of several of them, so that a bootstrap can draw
 * stretches with replacement: dependence within a stretch is kept, and none reaches from one to the next.
 */
export interface Block {
  /** When it began, seconds since the run did. */
  readonly start_s: number;
  /** Middle of the book, and price on other venues, at each second: one value more than there are seconds. */
  readonly mid: Float64Array;
  readonly index: Float64Array;
  /** Between the best prices, ticks, at each look. */
  readonly spread: Float64Array;
  /** Value of the best orders, mean of the sides, at each second. */
  readonly touch: Float64Array;
  /** Everybody's activity at each look. */
  readonly activity: Float64Array;
  /** Value within 1 % of the middle when it ended, mean of the sides. */
  readonly depth: number;
  /** Mean value within 0.02 % of the middle, of both sides and of looks 10 s apart. */
  readonly near: number;
  /** Aggressive orders that traded: seconds since the run began, +1 bought or −1 sold, size. */
  readonly trade_s: Float64Array;
  readonly trade_sign: Float64Array;
  readonly trade_size: Float64Array;
}

/** A number made of stretches; NaN where they are too few to tell. */
export type Fact = (blocks: readonly Block[]) => number;

/** Of a stretch, what facts of returns look at. */
export type Prices = Pick<Block, 'mid' | 'index'>;

/** A fact of returns alone. */
export type PriceFact = (blocks: readonly Prices[]) => number;
