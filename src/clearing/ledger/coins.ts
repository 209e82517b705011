/**
 * Coins: what accounts hold of the coins that contracts are settled in, a balance for each account and such instrument, in
 * whole quanta of the coin. It is the margin kept in the coin, and what trades have brought; it may be negative, a debt.
 * Balances of one instrument sum to zero: the rest of the world is the other side of whatever is bought.
 *
 * With lots n a balance C is worth ⌊C · p · k⌋ + (what n lots are owed) in money at the mark p (contracts/inverse.ts). Coins
 * are bought and sold from the rest of the world at the mark for what that changes an account's worth by, so that no
 * conversion makes an account richer or poorer by a quantum; the rest of the world bears the rounding.
 */
import type { Contracts } from '../../contracts/contracts.ts';
import type { Coin } from '../../contracts/contract.ts';
import { CapacityError, InvariantError } from '../../core/errors.ts';
import { MAX_EXACT } from '../../core/units.ts';
import type { ClearingTables } from '../schema.ts';

function tooMany(coins: number): never {
  const message = `a balance of ${coins.toExponential(1)} coin quanta exceeds 2^53; use a larger coin_quantum, or smaller positions`;
  throw new CapacityError('coins of an account', MAX_EXACT, 'instruments', message);
}

export class Coins {
  /** Quanta of the coin; row: account × instruments + instrument. */
  readonly balance: Float64Array;
  /** By account, 1 + the instrument in whose coin its margin is kept; 0: in money. */
  readonly home: Int32Array;
  private readonly instruments: number;
  /** By instrument; undefined: it is settled in money. */
  private readonly of: readonly (Coin | undefined)[];

  constructor(tables: ClearingTables, contracts: Contracts) {
    this.balance = tables.coins.balance;
    this.home = tables.coin_homes.instrument;
    this.instruments = contracts.count;
    this.of = Array.from({ length: contracts.count }, (_, i) => contracts.coin(i));
  }

  /** True if the instrument is settled in a coin. */
  settles(instrument: number): boolean {
    return this.of[instrument] !== undefined;
  }

  held(account: number, instrument: number): number {
    return this.balance[account * this.instruments + instrument]!;
  }

  add(account: number, instrument: number, coins: number): void {
    const row = account * this.instruments + instrument;
    const after = this.balance[row]! + coins;
    if (after > MAX_EXACT || after < -MAX_EXACT) tooMany(after);
    this.balance[row] = after;
  }

  /** What a balance is worth with lots at a price (ticks), quanta of money. Only where `settles`. */
  worth(instrument: number, coins: number, lots: number, price: number): number {
    const coin = this.of[instrument]!;
    return coin.money(coins, price) + coin.owed(lots);
  }

  /** Quanta of money that so many coins more are to an account at a price: what they are bought for. */
  cost(account: number, instrument: number, coins: number, price: number): number {
    const coin = this.of[instrument]!;
    const held = this.held(account, instrument);
    return coin.money(held + coins, price) - coin.money(held, price);
  }

  /** Most coins that money (quanta, not negative) buys. */
  bought(instrument: number, money: number, price: number): number {
    return this.of[instrument]!.bought(money, price);
  }

  /** True if the account owes coins. */
  owes(account: number): boolean {
    const first = account * this.instruments;
    for (let row = first; row < first + this.instruments; row++) if (this.balance[row]! < 0) return true;
    return false;
  }

  /** Throws InvariantError unless balances sum to zero. Costs a pass over all accounts. */
  assertConserved(): void {
    for (let instrument = 0; instrument < this.instruments; instrument++) {
      let total = 0n; // the rest of the world may hold more of one sign than doubles add up exactly
      for (let row = instrument; row < this.balance.length; row += this.instruments)
        total += BigInt(this.balance[row]!);
      if (total !== 0n) throw new InvariantError(`instrument ${instrument}: ${total} coin quanta appeared`);
    }
  }
}
