/**
 * The auditor's own books: what every account has, at every row. Money moves between pockets of accounts, two sides at a
 * time, so the sum of all pockets never changes.
 */
import { abs, share } from './arithmetic.ts';
import { Collateral } from './collateral.ts';
import type { Requirement } from './formula.ts';
import type { Row } from './row.ts';
import type { Payoff } from './payoff.ts';
import { payoffOf } from './payoff.ts';
import type { Terms } from './terms.ts';

export type Pocket = 'margin' | 'reserve' | 'free' | 'credit';

export class Books {
  readonly instruments: number;
  readonly payoffs: readonly Payoff[];
  /** Instrument in whose coin an account's margin is kept; −1: in money. */
  readonly coinHome: number[] = [];
  readonly marks: bigint[] = [];
  readonly previousMarks: bigint[] = [];
  /** Lots traded so far. */
  readonly volume: bigint[];
  readonly margined: boolean[] = [];
  readonly leverage: bigint[] = [];
  /** Instrument that an account is a registered liquidator for; −1: none. */
  readonly bidsFor: number[] = [];
  /** The account whose reserve and free balance an account uses. */
  readonly purse: number[] = [];
  readonly collateral: Collateral;
  /** Undefined where the policy's requirement cannot be recomputed. */
  requirement: Requirement | undefined;
  private readonly pockets: Readonly<Record<Pocket, bigint[]>> = {
    margin: [],
    reserve: [],
    free: [],
    credit: [],
  };
  private readonly lots: bigint[] = [];
  private readonly coins: bigint[] = [];
  private readonly inForce: number[][];

  constructor(terms: Terms) {
    this.instruments = terms.instruments.length;
    this.collateral = new Collateral(terms.assets);
    this.payoffs = terms.instruments.map(payoffOf);
    this.volume = this.payoffs.map(() => 0n);
    this.inForce = this.payoffs.map(() => []);
  }

  get accounts(): number {
    return this.margined.length;
  }

  /** An account as the opening state has it. */
  open(row: Row): void {
    row.check('account', this.accounts);
    this.margined.push(row.num('margined') !== 0);
    this.leverage.push(row.big('leverage_ppm'));
    this.bidsFor.push(row.num('bids_for'));
    this.purse.push(row.num('purse'));
    this.pockets.margin.push(row.big('money'));
    this.pockets.reserve.push(row.big('reserve'));
    this.pockets.free.push(row.big('free'));
    this.pockets.credit.push(-row.big('borrowed'));
    this.coinHome.push(-1);
    for (let i = 0; i < this.instruments; i++) {
      this.lots.push(0n);
      this.coins.push(0n);
    }
  }

  in(pocket: Pocket, account: number): bigint {
    return this.pockets[pocket][account]!;
  }

  add(pocket: Pocket, account: number, quanta: bigint): void {
    const column = this.pockets[pocket];
    column[account] = column[account]! + quanta;
  }

  position(account: number, instrument: number): bigint {
    return this.lots[account * this.instruments + instrument]!;
  }

  trade(account: number, instrument: number, lots: bigint): void {
    const row = account * this.instruments + instrument;
    this.lots[row] = this.lots[row]! + lots;
  }

  /** What lots cost, in money or coins, passes from buyer to seller. */
  pay(instrument: number, buyer: number, seller: number, quanta: bigint): void {
    if (this.payoffs[instrument]!.inCoin) {
      this.addCoins(buyer, instrument, -quanta);
      this.addCoins(seller, instrument, quanta);
    } else {
      this.add('margin', buyer, -quanta);
      this.add('margin', seller, quanta);
    }
  }

  setMark(instrument: number, mark: bigint): void {
    this.previousMarks[instrument] = this.marks[instrument] ?? 0n;
    this.marks[instrument] = mark;
  }

  term(instrument: number, term: number): number {
    return this.inForce[instrument]![term]!;
  }

  setTerm(instrument: number, term: number, value: number): void {
    this.inForce[instrument]![term] = value;
  }

  /** Quanta of the coin of an instrument that an account has. */
  coinsOf(account: number, instrument: number): bigint {
    return this.coins[account * this.instruments + instrument]!;
  }

  addCoins(account: number, instrument: number, coins: bigint): void {
    const row = account * this.instruments + instrument;
    this.coins[row] = this.coins[row]! + coins;
  }

  /** Most coins that money (not negative) buys at the mark. */
  bought(instrument: number, money: bigint): bigint {
    return this.payoffs[instrument]!.bought(money, this.marks[instrument]!);
  }

  /** What rates are shares of, of unsigned lots at the mark. */
  notional(instrument: number, lots: bigint): bigint {
    return this.payoffs[instrument]!.notional(lots, this.marks[instrument]!);
  }

  /** Worth at the mark of what an account has in one instrument: lots, and coins. */
  worthOf(account: number, instrument: number): bigint {
    const [coins, lots] = [this.coinsOf(account, instrument), this.position(account, instrument)];
    return this.payoffs[instrument]!.worth(coins, lots, this.marks[instrument]!);
  }

  isFlat(account: number): boolean {
    for (let i = 0; i < this.instruments; i++) if (this.position(account, i) !== 0n) return false;
    return true;
  }

  /** Equity for margin: what assets count for is part of it. */
  equity(account: number): bigint {
    return this.worth(account) + this.collateral.counted(account);
  }

  /** Money and positions at the marks. */
  worth(account: number): bigint {
    let worth = this.in('margin', account);
    for (let i = 0; i < this.instruments; i++) worth += this.worthOf(account, i);
    return worth;
  }

  /** Maintenance requirement of one position at the mark. */
  maintenanceOf(account: number, instrument: number): bigint {
    const lots = abs(this.position(account, instrument));
    return lots === 0n ? 0n : this.requirement!.maintenance(instrument, lots, this.marks[instrument]!);
  }

  maintenance(account: number): bigint {
    let sum = 0n;
    for (let i = 0; i < this.instruments; i++) sum += this.maintenanceOf(account, i);
    return sum;
  }

  initial(account: number): bigint {
    let sum = 0n;
    for (let i = 0; i < this.instruments; i++) {
      sum += this.initialOf(account, i, abs(this.position(account, i)));
    }
    return sum;
  }

  /** Initial requirement of so many lots, not less than what the trader's own choice of leverage asks. */
  initialOf(account: number, instrument: number, lots: bigint): bigint {
    if (lots === 0n) return 0n;
    const rule = this.requirement!.initial(instrument, lots, this.marks[instrument]!);
    const chosen = share(this.notional(instrument, lots), this.leverage[account]!);
    return rule > chosen ? rule : chosen;
  }

  /** Money in all pockets of all accounts. */
  total(): bigint {
    return Object.values(this.pockets)
      .flat()
      .reduce((sum, quanta) => sum + quanta, 0n);
  }
}
