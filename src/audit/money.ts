/** Fills, transfers and fees, replayed: each row must leave the balances that it says, and be owed for the reason it says. */
import { floorDiv, most, PPM, share } from './arithmetic.ts';
import type { Books, Pocket } from './books.ts';
import { Coins } from './coins.ts';
import { Dues, isReason } from './dues.ts';
import { liquidationFee } from './fee.ts';
import type { Order, Orders } from './orders.ts';
import type { Row } from './row.ts';
import type { Policy, TradingTerms } from './terms.ts';
import { FEES, INSURANCE, OUTSIDE } from './terms.ts';

/** Lots that a layer took over, with the account as it was before. */
export interface Takeover {
  readonly buyer: number;
  readonly seller: number;
  readonly instrument: number;
  readonly lots: bigint;
  readonly before: readonly [AccountState, AccountState];
  /** What of both sides' worth was lost by rounding coins: the taker makes up for it. */
  rounding: readonly [bigint, bigint];
}

export interface AccountState {
  /** Without collateral assets. */
  readonly worth: bigint;
  readonly position: bigint;
  readonly own: bigint;
  readonly all: bigint;
}

/** Numbers of fills that were none of the book's. */
const TAKEN_OVER = -1;
const ELSEWHERE = -2;

const POCKETS: readonly string[] = ['reserve', 'free', 'credit'];

export class Money {
  /** Accounts whose money or positions changed in this event. */
  readonly touched = new Set<number>();
  /** Money that traders brought in this event. */
  readonly brought = new Map<number, bigint>();
  /** The last transfer for a loss, and the last takeover, until the row of the loss names them. */
  loss: { from: number; to: number; quanta: bigint } | undefined;
  takeover: Takeover | undefined;
  /** False: penalties are taken as recorded. */
  knowsPenalties = true;
  readonly coins: Coins;
  readonly dues = new Dues();
  private readonly books: Books;
  private readonly orders: Orders;
  private readonly trading: readonly TradingTerms[];
  private readonly policy: Policy;
  private fills = 0;
  private lastFill: Row | undefined;
  private lastNotional = 0n;
  /** A position that was closed on another venue in this event: who bears its cost, and the most that it may be. */
  private elsewhere: { readonly from: number; readonly most: bigint } | undefined;

  constructor(books: Books, orders: Orders, policy: Policy, trading: readonly TradingTerms[]) {
    this.books = books;
    this.coins = new Coins(books);
    this.orders = orders;
    this.trading = trading;
    this.policy = policy;
  }

  fill(row: Row): void {
    const { books } = this;
    this.dues.checkFees();
    const instrument = row.num('instrument');
    row.require(instrument in books.payoffs, 'instrument', () => `one of ${books.instruments}`);
    const [buyer, seller] = [this.account(row, 'buyer'), this.account(row, 'seller')];
    const lots = row.big('lots');
    row.require(lots > 0n, 'lots', () => 'more than 0');
    const payoff = books.payoffs[instrument]!;
    const paid = payoff.paid(lots, row.big('price'));
    const quanta = payoff.notional(lots, row.big('price'));
    row.check('quanta', paid);
    const isTakeover = row.num('fill') === TAKEN_OVER;
    const isElsewhere = row.num('fill') === ELSEWHERE;
    if (isElsewhere) this.checkElsewhere(row, instrument, buyer, seller, lots, quanta);
    if (isTakeover) {
      row.check('price', books.marks[instrument]!);
      const before = [this.state(buyer, instrument), this.state(seller, instrument)] as const;
      this.takeover = { buyer, seller, instrument, lots, before, rounding: [0n, 0n] };
    }
    books.pay(instrument, buyer, seller, paid);
    books.trade(buyer, instrument, lots);
    books.trade(seller, instrument, -lots);
    if (isTakeover) {
      const { before } = this.takeover!;
      this.takeover!.rounding = [before[0].worth - books.worth(buyer), before[1].worth - books.worth(seller)];
    }
    row.check('buyer_money', books.in('margin', buyer));
    row.check('seller_money', books.in('margin', seller));
    row.check('buyer_lots', books.position(buyer, instrument));
    row.check('seller_lots', books.position(seller, instrument));
    if (!isTakeover && !isElsewhere) this.follow(row, instrument, lots, quanta, buyer, seller);
  }

  /** A trader closes lots on another venue: against the rest of the world, no more than it holds; its cost follows. */
  private checkElsewhere(
    row: Row,
    instrument: number,
    buyer: number,
    seller: number,
    lots: bigint,
    quanta: bigint,
  ): void {
    row.require(
      (buyer === OUTSIDE) !== (seller === OUTSIDE),
      'buyer',
      () => 'one side to be the rest of the world',
    );
    const trader = buyer === OUTSIDE ? seller : buyer;
    const held = this.books.position(trader, instrument);
    const most = trader === seller ? held : -held;
    row.require(lots <= most, 'lots', () => `at most ${most}, which it holds`);
    this.elsewhere = { from: trader, most: quanta };
  }

  /** What an execution leads to: volume, fees, and the forced order that it belongs to. */
  private follow(
    row: Row,
    instrument: number,
    lots: bigint,
    quanta: bigint,
    buyer: number,
    seller: number,
  ): void {
    row.check('fill', this.fills++);
    this.lastFill = row;
    this.lastNotional = quanta;
    const { volume } = this.books;
    volume[instrument] = volume[instrument]! + lots;
    const taker = row.num('taker');
    row.require(taker === buyer || taker === seller, 'taker', () => `${buyer} or ${seller}`);
    const maker = taker === buyer ? seller : buyer;
    const { maker_ppm, taker_ppm, fund_ppm = 0 } = this.trading[instrument]!;
    const charged = [share(quanta, BigInt(maker_ppm)), share(quanta, BigInt(taker_ppm))] as const;
    this.dues.oweFee(row, 'trading-fee', maker, FEES, charged[0]);
    this.dues.oweFee(row, 'trading-fee', taker, FEES, charged[1]);
    for (const fee of charged) {
      const part = floorDiv(most(fee, 0n) * BigInt(fund_ppm), PPM);
      this.dues.oweFee(row, 'contribution', FEES, INSURANCE, part);
    }
    if (row.num('cause') < 0) return;
    const order = this.orders.get(row, 'cause');
    // Others may have traded because of it (stops that it set off), or later in a call auction.
    if (order.account !== taker || order.event !== row.num('event')) return;
    row.check('instrument', order.instrument);
    row.require(order.lots < 0n === (taker === seller), 'taker', () => 'the side of the forced order');
    order.openLots += lots;
    order.openValue += quanta;
  }

  cash(row: Row): void {
    const reason = row.text('reason');
    const [from, to] = [this.account(row, 'from'), this.account(row, 'to')];
    const quanta = row.big('quanta');
    this.checkReason(row, reason, from, to, quanta);
    const { books } = this;
    books.add(row.text('from_pocket') as Pocket, from, -quanta);
    books.add(row.text('to_pocket') as Pocket, to, quanta);
    row.check('from_money', books.in('margin', from));
    row.check('to_money', books.in('margin', to));
    for (const pocket of ['reserve', 'free'] as const) {
      for (const account of [from, to]) {
        row.require(
          books.in(pocket, account) >= 0n,
          'quanta',
          () => `no more than the ${pocket} of ${account}`,
        );
      }
    }
  }

  /** A forced sale of an asset: as few lots as cover what is owed, in the order of the assets. */
  sale(row: Row): void {
    const { books } = this;
    const { collateral } = books;
    const account = this.account(row, 'account');
    const asset = row.num('asset');
    row.require(asset in collateral.prices, 'asset', () => `one of ${collateral.count}`);
    const before = this.dues.owed('collateral');
    const owed = -books.worth(account) - before;
    row.require(owed > 0n, 'lots', () => '0: nothing is owed');
    const first = collateral.firstHeld(account, asset);
    row.require(first === -1, 'asset', () => `${first}, which is sold first`);
    const lots = collateral.needed(account, asset, owed);
    row.check('lots', lots);
    const quanta = collateral.proceeds(asset, lots);
    row.check('quanta', quanta);
    collateral.move(account, asset, -lots);
    collateral.move(OUTSIDE, asset, lots);
    row.check('kept', collateral.held(account, asset));
    const raised = quanta + before;
    if (raised > 0n) this.dues.owe('collateral', { row, from: OUTSIDE, to: account, quanta: raised });
  }

  /** Coins are bought or sold at the mark: their price in money follows. */
  exchanged(row: Row): void {
    this.account(row, 'account');
    const { account, quanta } = this.coins.exchanged(row);
    if (quanta !== 0n) this.dues.owe('coin', { row, from: account, to: OUTSIDE, quanta });
  }

  /** A forced order's execution: its fills have come; the fee that equity in money allows follows. */
  execution(row: Row): void {
    const order = this.orders.get(row, 'order');
    const [lots, quanta] = [row.big('lots'), row.big('quanta')];
    if (row.num('event') === order.event) {
      row.check('lots', order.openLots);
      row.check('quanta', order.openValue);
    } else {
      this.checkAuction(row, order);
    }
    order.openLots = 0n;
    order.openValue = 0n;
    order.filled += lots;
    order.notional += quanta;
    const elapsed_us = order.row.num('time_us') - order.breach_us;
    const due = share(quanta, liquidationFee(this.policy.liquidation_fee, elapsed_us));
    const left = most(this.books.worth(order.account), 0n);
    const fee = due < left ? due : left;
    if (fee > 0n) this.dues.owe('liquidation-fee', { row, from: order.account, to: INSURANCE, quanta: fee });
    order.fee += fee;
  }

  /** In a call auction each of its fills is an execution of its own. */
  private checkAuction(row: Row, { account, instrument, lots }: Order): void {
    const fill = this.lastFill;
    if (fill?.num('event') !== row.num('event')) row.differs('lots', '0: nothing was filled in this event');
    fill.check(lots > 0n ? 'buyer' : 'seller', account);
    fill.check('instrument', instrument);
    row.check('lots', fill.big('lots'));
    row.check('quanta', this.lastNotional);
  }

  /** The venue takes money from a free balance: the next row must say so. */
  expectPull(row: Row, account: number, quanta: bigint): void {
    if (quanta > 0n) this.dues.owe('free', { row, from: this.books.purse[account]!, to: account, quanta });
  }

  /** What had to be paid by now has been. */
  settle(): void {
    this.dues.checkFees();
    this.coins.settle();
    this.dues.checkOthers();
    this.loss = undefined;
    this.elsewhere = undefined;
    this.takeover = undefined;
    this.touched.clear();
    this.brought.clear();
  }

  private checkReason(row: Row, reason: string, from: number, to: number, quanta: bigint): void {
    if (POCKETS.includes(reason)) {
      this.checkPayment(row, reason, from, to, quanta);
      return;
    }
    row.check('from_pocket', 'margin');
    row.check('to_pocket', 'margin');
    if (reason === 'trading-fee' || reason === 'contribution') {
      this.dues.payFee(row);
    } else if (reason === 'elsewhere') {
      row.require(this.elsewhere !== undefined, 'reason', () => 'no cost without a trade on another venue');
      row.check('from', this.elsewhere!.from);
      row.check('to', OUTSIDE);
      row.require(quanta > 0n && quanta <= this.elsewhere!.most, 'quanta', () => 'a part of the value');
      this.elsewhere = undefined;
    } else if (reason === 'penalty' && !this.knowsPenalties) {
      this.orders.all.at(-1)!.fee += quanta;
      this.dues.forget('penalty');
    } else if (isReason(reason)) {
      this.dues.pay(reason, row);
    } else {
      row.check('reason', 'loss');
      this.loss = { from, to, quanta };
    }
  }

  /** Between an account and what its trader has elsewhere. */
  private checkPayment(row: Row, pocket: string, from: number, to: number, quanta: bigint): void {
    row.require(quanta > 0n, 'quanta', () => 'more than 0');
    const out = row.text('from_pocket') === 'margin';
    row.check('from_pocket', out ? 'margin' : pocket);
    row.check('to_pocket', out ? pocket : 'margin');
    if (pocket === 'free') {
      this.dues.pay('free', row);
    } else if (!out && to !== OUTSIDE) {
      row.check('from', pocket === 'credit' ? to : this.books.purse[to]!);
      this.brought.set(to, (this.brought.get(to) ?? 0n) + quanta);
    }
    if (out) row.check('to', this.books.purse[from]!);
    const account = out ? from : to;
    if (account !== OUTSIDE) this.coins.paid(row, account, out ? -quanta : quanta);
  }

  /** The number of an account that there is, noted as touched. */
  private account(row: Row, column: string): number {
    const account = row.num(column);
    row.require(account in this.books.margined, column, () => `one of ${this.books.accounts} accounts`);
    this.touched.add(account);
    return account;
  }

  private state(account: number, instrument: number): AccountState {
    const { books } = this;
    const known = books.requirement !== undefined;
    return {
      worth: books.worth(account),
      position: books.position(account, instrument),
      own: known ? books.maintenanceOf(account, instrument) : 0n,
      all: known ? books.maintenance(account) : 0n,
    };
  }
}
