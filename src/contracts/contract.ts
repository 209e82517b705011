/**
 * What lots of an instrument are worth at a price: the only place that knows a payoff. Everybody else asks here, so that a
 * new kind of contract is one file.
 *
 * Prices are in ticks, lots are signed (negative: short), money is in quanta. A contract is settled in money, or in a coin
 * of which balances are kept in quanta of their own. What a trade moves is whole quanta, the same on both sides, so that
 * money and coins are conserved exactly.
 */
import type { Decimal } from 'decimal.js';
import type { z } from 'zod';

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

/** Steps of an instrument, and how its money is counted: with them what a file says becomes terms. */
export interface ContractUnits {
  /** Smallest step of the price, in money. */
  readonly tick: Decimal;
  /** Smallest size: coins, or money where the kind counts its lots so. */
  readonly lot: Decimal;
  /** Quanta in a unit of money, an integer. */
  readonly quantaPerUnit: number;
  /** A price that a setting gives in money (`65000 USDT`), in ticks. Throws ConfigError, its path the setting's key. */
  readonly ticks: (price: number | string, key: string) => number;
}

/** A kind of contract: what a file can say of it, and what its lots are worth. */
export interface ContractKind<
  T extends ContractTerms = ContractTerms,
  S extends z.ZodRawShape = z.ZodRawShape,
> {
  readonly kind: string;
  /** One sentence that says what changes hands. */
  readonly about: string;
  /** Settings beside `kind`, by name; where each has a default, `contract: NAME` alone will do. */
  readonly settings: S;
  /** What a lot is an amount of; left out: coins. */
  readonly lotsIn?: 'money';
  /** Money that must be whole quanta; left out: tick · lot. */
  readonly finest?: (units: Pick<ContractUnits, 'tick' | 'lot'>) => Decimal;
  /** Terms in the engine's units. Throws ConfigError, its path from the settings. */
  readonly terms: (settings: z.output<z.ZodObject<S>>, units: ContractUnits) => T;
  /** Throws ConfigError, its path from the settings, where the terms are none for an instrument at a price (ticks). */
  readonly check?: (terms: T, price: number) => void;
  readonly compile: (terms: T) => Contract;
  /** `unwind verify` takes what its lots are worth from the record, and says so: it knows no formula of it. */
  readonly audited?: false;
}

/** A kind whose settings and terms nobody else need know. */
export interface AnyContract extends Omit<ContractKind<never, never>, 'settings' | 'terms'> {
  readonly settings: z.ZodRawShape;
  readonly terms: (settings: never, units: ContractUnits) => ContractTerms;
}

/** Declares a kind of contract. */
export function defineContract<T extends ContractTerms, S extends z.ZodRawShape>(
  definition: ContractKind<T, S>,
): ContractKind<T, S> {
  return definition;
}
