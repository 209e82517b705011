/**
 * What lots of an instrument are worth at a price: the only place that knows a payoff. Everybody else asks here, so that a
 * new kind of contract is one file.
 *
 * Prices are in ticks, lots are signed (negative: short), money is in quanta. A contract is settled in money, or in a coin
 * of which balances are kept in quanta of their own. What a trade moves is whole quanta, the same on both sides, so that
 * money and coins are conserved exactly.
 */

/** Terms of a contract: plain data, which a scenario holds and other threads are sent. Each kind adds its own. */
export interface ContractTerms {
  readonly kind: string;
}

export interface Contract {
  /**
   * What a buyer of lots pays at a price, quanta of what the contract is settled in; negative: gets. The opposite for
   * opposite lots. A position that is settled in money is worth this at the mark.
   */
  value(lots: number, price: number): number;
  /** What margin rates and fees are shares of, quanta of money: of unsigned lots, never negative. */
  notional(lots: number, price: number): number;
  /** What lots gain (negative: lose) as the price goes from one to another, quanta of money at the latter. */
  gain(lots: number, from: number, to: number): number;
  /** What a buyer of lots pays more at a price than at the mark, quanta of money at the mark. */
  dearer(lots: number, mark: number, price: number): number;
  /** How far from the mark a buyer of lots pays so much more: the inverse of `dearer`; ticks, signed, not rounded. */
  move(lots: number, mark: number, quanta: number): number;
  /** What it is settled in; left out: in money. */
  readonly coin?: Coin;
  /** True: what is bought is owned (coins): it is paid in full, and nobody can sell what he does not have. */
  readonly owned?: true;
  /** Left out: it never ends. */
  readonly expires?: Expiry;
}

/** A coin in which contracts are settled. Balances are whole quanta of the coin. */
export interface Coin {
  /** What a balance is worth at a price, quanta of money, rounded down; of a debt (negative) too. */
  money(coins: number, price: number): number;
  /** Most of the coin that money (quanta, not negative) buys at a price. */
  bought(money: number, price: number): number;
  /** What the lots add to the worth of a balance in money, quanta: they are owed it (negative: owe it). */
  owed(lots: number): number;
}

export interface Expiry {
  readonly at_us: number;
  /** The price at which all positions are closed then, ticks, given the index (ticks, not rounded). */
  settle(index: number): number;
}

/** A kind of contract. */
export interface ContractKind<T extends ContractTerms = ContractTerms> {
  readonly kind: string;
  /** One sentence that says what changes hands. */
  readonly about: string;
  readonly compile: (terms: T) => Contract;
}
