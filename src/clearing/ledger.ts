/**
 * The ledger: money and positions in integers, conserved to the last quantum.
 *
 * An account holds `quote` (money paid in, less what it paid for its lots) and signed `lots` per instrument; its
 * equity is quote + Σ lots · mark · (quanta a tick and lot). Nothing is ever divided, so nothing is ever rounded:
 * the sum of quotes changes only by `mint`, and the sum of lots never. (dYdX v4 keeps its subaccounts so.)
 */
import { InvariantError } from '../core/errors.ts';
import { MAX_EXACT } from '../core/units.ts';
import { shareOf } from './margin/rule.ts';
import type { ClearingTables } from './schema.ts';
import { FEES } from './schema.ts';

export class Ledger {
  readonly accounts: ClearingTables['accounts'];
  readonly lots: Int32Array;
  readonly marks: Int32Array;
  readonly instruments: number;
  /** Quanta of value per tick of price and lot of size, by instrument. */
  readonly tickLot: Float64Array;
  private readonly quote: Float64Array;
  private readonly money: Float64Array;

  constructor(tables: ClearingTables, tickLot: readonly number[]) {
    this.accounts = tables.accounts;
    this.lots = tables.positions.lots;
    this.marks = tables.marks.price;
    this.instruments = tickLot.length;
    this.tickLot = Float64Array.from(tickLot);
    this.quote = tables.accounts.quote;
    this.money = tables.clearing_cell.money;
  }

  /** Brings money into the system. The only way in. */
  mint(account: number, quanta: number): void {
    this.quote[account] = this.quote[account]! + quanta;
    this.money[0] = this.money[0]! + quanta;
  }

  /** Moves money between accounts. */
  transfer(from: number, to: number, quanta: number): void {
    this.quote[from] = this.quote[from]! - quanta;
    this.quote[to] = this.quote[to]! + quanta;
  }

  /** One execution: lots against money at a price in ticks. Buyer and seller may be the same account. */
  settle(buyer: number, seller: number, instrument: number, lots: number, price: number): void {
    const value = lots * price * this.tickLot[instrument]!;
    const { instruments } = this;
    this.quote[buyer] = this.quote[buyer]! - value;
    this.quote[seller] = this.quote[seller]! + value;
    const bought = buyer * instruments + instrument;
    const sold = seller * instruments + instrument;
    this.lots[bought] = this.lots[bought]! + lots;
    this.lots[sold] = this.lots[sold]! - lots;
  }

  /**
   * A trading fee: ⌈value · ppm / 10⁶⌉ quanta from the account to the venue's. A negative rate is a rebate, of
   * ⌊value · |ppm| / 10⁶⌋: both are rounded against the trader.
   */
  charge(account: number, value: number, ppm: number): void {
    this.transfer(account, FEES, shareOf(value, ppm));
  }

  /** Signed lots of an account in an instrument. */
  position(account: number, instrument: number): number {
    return this.lots[account * this.instruments + instrument]!;
  }

  /** True when the account holds no lots of anything. */
  isFlat(account: number): boolean {
    const first = account * this.instruments;
    for (let i = 0; i < this.instruments; i++) if (this.lots[first + i] !== 0) return false;
    return true;
  }

  /** Equity at the present marks, quanta. */
  equity(account: number): number {
    let equity = this.quote[account]!;
    const first = account * this.instruments;
    for (let i = 0; i < this.instruments; i++) {
      equity += this.lots[first + i]! * this.marks[i]! * this.tickLot[i]!;
    }
    return equity;
  }

  /** Throws InvariantError unless money and lots are conserved exactly. Costs a pass over all accounts. */
  assertConserved(): void {
    let money = 0;
    for (const quanta of this.quote) {
      if (Math.abs(quanta) > MAX_EXACT) throw new InvariantError('an account exceeds 2^53 quanta');
      money += quanta;
    }
    if (money !== this.money[0]) {
      throw new InvariantError(`money is not conserved: ${money - this.money[0]!} quanta appeared`);
    }
    for (let instrument = 0; instrument < this.instruments; instrument++) {
      let lots = 0;
      for (let row = instrument; row < this.lots.length; row += this.instruments) lots += this.lots[row]!;
      if (lots !== 0) throw new InvariantError(`instrument ${instrument}: positions sum to ${lots} lots`);
    }
  }
}
