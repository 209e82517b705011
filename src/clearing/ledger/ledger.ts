/**
 * The ledger: money and positions in integers, conserved to the last quantum.
 *
 * An account holds `quote` (money paid in, less what it paid for its lots) and signed `lots` per instrument; its
 * worth is quote + Σ what its lots are worth at the marks. What changes hands is whole quanta, the same on both sides:
 * the sum of quotes changes only by `mint`, and the sums of lots and coins never. (dYdX v4 keeps its subaccounts so.)
 * Contracts that are settled in a coin move coins instead (coins.ts).
 *
 * Beside the money a position keeps its cost: what its open lots were bought (negative: sold) for, by average cost. It
 * moves no money; unrealised profit, and with it who is a winner, is read from it.
 */
import type { Contracts } from '../../contracts/contracts.ts';
import { CapacityError, InvariantError } from '../../core/errors.ts';
import { MAX_EXACT } from '../../core/units.ts';
import type { AssetTerms } from './collateral.ts';
import { Coins } from './coins.ts';
import { Collateral } from './collateral.ts';
import { PPM, shareOf } from '../margin/rule.ts';
import type { ClearingTables } from '../schema.ts';
import { FEES, INSURANCE, OUTSIDE } from '../schema.ts';

/** The setting that makes both smaller: fewer, larger lots and quanta. */
const LOT = 'instruments';

/** The same, unless it is more money than whole numbers of quanta are exact for. */
function exact(quanta: number): number {
  if (quanta > MAX_EXACT || quanta < -MAX_EXACT) tooMuchMoney(quanta);
  return quanta;
}

function tooMuchMoney(quanta: number): never {
  const much = Math.abs(quanta).toExponential(1);
  const message = `an account exceeds 2^53 quanta (${much}), where money is not exact; use a larger tick or lot, or smaller positions`;
  throw new CapacityError('money of an account', MAX_EXACT, LOT, message);
}

function tooManyLots(lots: number): never {
  const message = `a position of ${lots} lots, beyond 2^31; use a larger lot, or smaller orders`;
  throw new CapacityError('lots of a position', 0x7fffffff, LOT, message);
}

export class Ledger {
  readonly accounts: ClearingTables['accounts'];
  readonly members: ClearingTables['members'];
  readonly lots: Int32Array;
  readonly marks: Int32Array;
  /** The marks before these. */
  readonly previousMarks: Int32Array;
  readonly instruments: number;
  /** What lots are worth, by instrument. */
  readonly contracts: Contracts;
  /** Assets that count beside the money. */
  readonly collateral: Collateral;
  /** Balances in the coins that contracts are settled in; undefined: all are settled in money. */
  readonly coins: Coins | undefined;
  private readonly cost: Float64Array;
  private readonly quote: Float64Array;
  private readonly money: Float64Array;
  private readonly facilities: ClearingTables['facilities'];
  private readonly purses: Int32Array | undefined;

  /** `purses`: by account, the one whose reserve and free balance it uses; left out: its own. */
  constructor(
    tables: ClearingTables,
    contracts: Contracts,
    assets: readonly AssetTerms[] = [],
    purses?: Int32Array,
  ) {
    this.purses = purses;
    this.accounts = tables.accounts;
    this.members = tables.members;
    this.lots = tables.positions.lots;
    this.marks = tables.marks.price;
    this.previousMarks = tables.marks.previous;
    this.instruments = contracts.count;
    this.contracts = contracts;
    this.cost = tables.positions.cost;
    this.quote = tables.accounts.quote;
    this.money = tables.clearing_cell.money;
    this.facilities = tables.facilities;
    this.collateral = new Collateral(tables, assets);
    this.coins = tables.coins.balance.length > 0 ? new Coins(tables, contracts) : undefined;
  }

  /** Brings money into the system. The only way in. */
  mint(account: number, quanta: number): void {
    this.quote[account] = exact(this.quote[account]! + quanta);
    this.money[0] = exact(this.money[0]! + quanta);
  }

  /** The account whose reserve and free balance an account uses: with isolated positions, several use the same one. */
  purse(account: number): number {
    return this.purses === undefined ? account : this.purses[account]!;
  }

  /** Quanta that the account's trader could still bring from elsewhere. */
  reserve(account: number): number {
    return this.accounts.reserve[this.purse(account)]!;
  }

  /** Adds quanta to that (negative: takes them away). */
  addReserve(account: number, quanta: number): void {
    const { reserve } = this.accounts;
    const purse = this.purse(account);
    reserve[purse] = exact(reserve[purse]! + quanta);
  }

  /** Quanta at the venue that are not pledged to the account's positions. */
  free(account: number): number {
    return this.facilities.free[this.purse(account)] ?? 0;
  }

  /** Adds quanta to the free balance (negative: takes them away). Throws InvariantError where the scenario has none. */
  addFree(account: number, quanta: number): void {
    const purse = this.purse(account);
    this.requireFacility('free', purse);
    this.facilities.free[purse] = exact(this.facilities.free[purse]! + quanta);
  }

  /** Pledges money of the free balance to the positions (negative: gives it back), as far as it goes. Returns it. */
  pledge(account: number, quanta: number): number {
    const free = this.free(account);
    const moved = quanta < free ? quanta : free;
    if (moved === 0) return 0;
    this.addFree(account, -moved);
    this.bring(account, moved);
    return moved;
  }

  /** Notes what a trader owes to a lender elsewhere, quanta. */
  owe(account: number, quanta: number): void {
    this.requireFacility('borrowed', account);
    this.facilities.borrowed[account] = exact(this.facilities.borrowed[account]! + quanta);
  }

  /** Least initial margin that the trader chose, ppm of notional; 0: the rule's own. */
  leverage(account: number): number {
    return this.facilities.leverage_ppm[account] ?? 0;
  }

  chooseLeverage(account: number, least_ppm: number): void {
    this.requireFacility('leverage', account);
    this.facilities.leverage_ppm[account] = least_ppm;
  }

  private requireFacility(what: string, account: number): void {
    if (account < this.facilities.free.length) return;
    throw new InvariantError(`account ${account} has no ${what} balance: the scenario keeps no facilities`);
  }

  /** Moves money between accounts. */
  transfer(from: number, to: number, quanta: number): void {
    this.quote[from] = exact(this.quote[from]! - quanta);
    this.quote[to] = exact(this.quote[to]! + quanta);
  }

  /** A new mark, ticks; the one before it is kept. */
  setMark(instrument: number, price: number): void {
    this.previousMarks[instrument] = this.marks[instrument]!;
    this.marks[instrument] = price;
  }

  /** One execution: lots against money at a price in ticks. Buyer and seller may be the same account. */
  settle(buyer: number, seller: number, instrument: number, lots: number, price: number): void {
    const value = this.contracts.value(instrument, lots, price);
    const { instruments, coins } = this;
    if (coins?.settles(instrument) === true) {
      coins.add(buyer, instrument, -value);
      coins.add(seller, instrument, value);
    } else {
      this.quote[buyer] = exact(this.quote[buyer]! - value);
      this.quote[seller] = exact(this.quote[seller]! + value);
    }
    const bought = buyer * instruments + instrument;
    const sold = seller * instruments + instrument;
    this.move(bought, lots, value);
    this.move(sold, -lots, -value);
  }

  /**
   * Changes a position's lots, and its cost: opened lots add their value, closed ones take away their share of the cost,
   * cost · closed / lots, to the nearest quantum; a position that turns costs what its new lots do.
   */
  private move(row: number, lots: number, value: number): void {
    const held = this.lots[row]!;
    const after = held + lots;
    this.lots[row] = after;
    if (this.lots[row] !== after) tooManyLots(after); // it does not fit
    if (held * lots >= 0) this.cost[row] = this.cost[row]! + value;
    else if (after * held > 0) this.cost[row] = Math.round(this.cost[row]! * (after / held));
    else this.cost[row] = after === 0 ? 0 : Math.round((value / lots) * after);
  }

  /**
   * A trading fee: ⌈value · ppm / 10⁶⌉ quanta from the account to the venue's. A negative rate is a rebate, of
   * ⌊value · |ppm| / 10⁶⌋: both are rounded against the trader. Returns the quanta charged.
   */
  charge(account: number, value: number, ppm: number): number {
    const fee = shareOf(value, ppm);
    this.transfer(account, FEES, fee);
    return fee;
  }

  /** Part of a trading fee that the insurance fund gets: ⌊fee · ppm / 10⁶⌋ quanta; of a rebate nothing. */
  contribute(fee: number, ppm: number): void {
    if (fee > 0) this.transfer(FEES, INSURANCE, fee - shareOf(fee, PPM - ppm));
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

  /** Equity for margin at the present marks and prices, quanta: money, positions, and what collateral assets count for. */
  equity(account: number): number {
    const own = this.worth(account);
    return this.collateral.count === 0 ? own : own + this.collateral.counted(account);
  }

  /** The same without collateral assets, quanta: what would be left in money if all were closed at the marks. */
  worth(account: number): number {
    if (this.coins !== undefined) return this.worthWithCoins(account, this.coins);
    let equity = this.quote[account]!;
    const first = account * this.instruments;
    for (let i = 0; i < this.instruments; i++) {
      equity += this.contracts.value(i, this.lots[first + i]!, this.marks[i]!);
    }
    return equity;
  }

  private worthWithCoins(account: number, coins: Coins): number {
    let equity = this.quote[account]!;
    for (let i = 0; i < this.instruments; i++) equity += this.worthIn(account, i, this.marks[i]!, coins);
    return equity;
  }

  /** What an account's worth owes to one instrument, coins included, at a price (ticks), quanta. */
  worthAt(account: number, instrument: number, price: number): number {
    return this.worthIn(account, instrument, price, this.coins);
  }

  private worthIn(account: number, i: number, price: number, coins: Coins | undefined): number {
    const row = account * this.instruments + i;
    const lots = this.lots[row]!;
    if (coins?.settles(i) !== true) return this.contracts.value(i, lots, price);
    return coins.worth(i, coins.balance[row]!, lots, price);
  }

  /** What a move of an instrument's mark acts on, unsigned, quanta: a position's value, or that of the coins. */
  exposure(account: number, instrument: number): number {
    const { coins } = this;
    if (coins?.settles(instrument) !== true) return this.notional(account, instrument);
    const held = coins.held(account, instrument);
    return Math.abs(coins.worth(instrument, held, 0, this.marks[instrument]!));
  }

  /** 1: a rise of an instrument's mark makes the account richer; −1: poorer; 0: neither. */
  side(account: number, instrument: number): number {
    const { coins } = this;
    const inCoin = coins?.settles(instrument) === true;
    return Math.sign(inCoin ? coins.held(account, instrument) : this.position(account, instrument));
  }

  /**
   * Brings money into an account (negative: takes it out). Where its margin is kept in a coin, that is bought (sold) at the
   * mark, from the rest of the world.
   */
  bring(account: number, quanta: number): void {
    const home = (this.coins?.home[account] ?? 0) - 1;
    if (quanta < 0 && home >= 0) this.sellCoins(account, home, -quanta);
    this.mint(account, quanta);
    if (quanta <= 0 || home < 0) return;
    this.exchange(account, home, this.coins!.bought(home, quanta, this.marks[home]!));
  }

  /** Of what a coin's balance has: as many coins as bring so much money, or a quantum more. */
  private sellCoins(account: number, instrument: number, quanta: number): void {
    const coins = this.coins!;
    const enough = coins.bought(instrument, quanta, this.marks[instrument]!) + 1;
    const held = Math.max(0, coins.held(account, instrument));
    this.exchange(account, instrument, -Math.min(enough, held));
  }

  /** The account gets coins (negative: gives) from the rest of the world, at the mark; its worth stays. */
  exchange(account: number, instrument: number, quantity: number): void {
    if (quantity === 0) return;
    const coins = this.coins!;
    const money = coins.cost(account, instrument, quantity, this.marks[instrument]!);
    coins.add(account, instrument, quantity);
    coins.add(OUTSIDE, instrument, -quantity);
    this.transfer(account, OUTSIDE, money);
  }

  /** All coins of an account become money at the marks, debts too; its worth stays. */
  convert(account: number): void {
    const { coins } = this;
    if (coins === undefined) return;
    for (let i = 0; i < this.instruments; i++) {
      const held = coins.held(account, i);
      if (held !== 0) this.exchange(account, i, -held);
    }
  }

  /** True if an account with nothing open owes money, or coins: other things that it has must cover that. */
  owes(account: number): boolean {
    return this.quote[account]! < 0 || this.coins?.owes(account) === true;
  }

  /** Sells collateral assets against a debt, as few as it takes. Returns the quanta that they brought, maybe a few more. */
  sellCollateral(account: number, debt: number): number {
    const raised = this.collateral.sell(account, debt);
    if (raised > 0) this.transfer(OUTSIDE, account, raised);
    return raised;
  }

  /** Value of a position at the mark, unsigned: what rates are shares of, quanta. */
  notional(account: number, instrument: number): number {
    const lots = this.position(account, instrument);
    return this.contracts.notional(instrument, lots < 0 ? -lots : lots, this.marks[instrument]!);
  }

  /** Unrealised profit (negative: loss) of a position at the present mark, quanta. */
  profit(account: number, instrument: number): number {
    const row = account * this.instruments + instrument;
    const mark = this.marks[instrument]!;
    const { coins } = this;
    if (coins?.settles(instrument) === true)
      return coins.worth(instrument, -this.cost[row]!, this.lots[row]!, mark);
    return this.contracts.value(instrument, this.lots[row]!, mark) - this.cost[row]!;
  }

  /** Unrealised profit of all positions of an account, quanta. */
  unrealised(account: number): number {
    let profit = 0;
    for (let i = 0; i < this.instruments; i++) profit += this.profit(account, i);
    return profit;
  }

  /** Throws InvariantError unless money and lots are conserved exactly. Costs a pass over all accounts. */
  assertConserved(): void {
    let money = 0;
    for (const quanta of this.quote) money += exact(quanta);
    if (money !== this.money[0]) {
      throw new InvariantError(`money is not conserved: ${money - this.money[0]!} quanta appeared`);
    }
    for (let instrument = 0; instrument < this.instruments; instrument++) {
      let lots = 0;
      for (let row = instrument; row < this.lots.length; row += this.instruments) lots += this.lots[row]!;
      if (lots !== 0) throw new InvariantError(`instrument ${instrument}: positions sum to ${lots} lots`);
    }
    this.collateral.assertConserved();
    this.coins?.assertConserved();
  }
}
