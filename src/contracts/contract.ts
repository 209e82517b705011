/**
 * What lots of an instrument are worth at a price: the only place that knows a payoff. Everybody else asks here, so that a
 * new kind of contract is one file.
 *
 * Prices are in ticks, lots are signed (negative: short), money is in quanta. Values at whole prices are whole quanta, so
 * that a trade moves the same amount on both sides and money is conserved.
 */

/** Terms of a contract: plain data, which a scenario holds and other threads are sent. */
export interface LinearTerms {
  readonly kind: 'linear';
  /** Quanta of value per tick of price and lot of size, an integer. */
  readonly tickLot: number;
}

export type ContractTerms = LinearTerms;

export interface Contract {
  /** What lots are worth, quanta: with it a trade is paid, a position is marked. Of opposite signs for opposite lots. */
  value(lots: number, price: number): number;
  /** What margin rates and fees are shares of, quanta: of unsigned lots, never negative. */
  notional(lots: number, price: number): number;
  /** What lots gain (negative: lose) as the price goes from one to another, quanta. */
  gain(lots: number, from: number, to: number): number;
  /** How far the price must go from `from` for lots to gain so many quanta, ticks, signed, not rounded. */
  move(lots: number, from: number, quanta: number): number;
}
