/** Losses: every quantum that a liquidated account was relieved of is borne by the account that the row names. */
import { abs } from './arithmetic.ts';
import type { Auctions } from './auctions.ts';
import type { Books } from './books.ts';
import type { AccountState, Money } from './money.ts';
import type { Order, Orders } from './orders.ts';
import type { Row } from './row.ts';
import type { Policy, Settings } from './terms.ts';
import { DEFAULT_FUND, FIRST_TRADER, INSURANCE, OWN_CAPITAL, VAULT, WRITTEN_OFF } from './terms.ts';
import type { Unwinding } from './unwinding.ts';

const WRITE_OFF = 0;
const INSURANCE_LAYER = 1;
const BACKSTOP_LAYER = 2;
const FUND_LAYER = 5;
export const LAYERS: Readonly<Record<string, number>> = {
  'write-off': WRITE_OFF,
  insurance: INSURANCE_LAYER,
  backstop: BACKSTOP_LAYER,
  adl: 3,
  haircut: 4,
  'default-fund': FUND_LAYER,
};
/** Of what winners of an auction take and get. */
const AUCTION = 100;

/** What one layer took over of one position, row by row. */
interface Handover {
  readonly order: Order;
  readonly layer: number;
  readonly before: AccountState;
  lots: bigint;
  quanta: bigint;
  row: Row;
}

export class Losses {
  private readonly books: Books;
  private readonly orders: Orders;
  private readonly money: Money;
  private readonly unwinding: Unwinding;
  /** Undefined where auctions cannot be judged. */
  private readonly auctions: Auctions | undefined;
  private readonly layers: readonly (Settings & { readonly code: number })[];
  private readonly quantaPerUnit: number;
  private handover: Handover | undefined;

  constructor(
    books: Books,
    orders: Orders,
    money: Money,
    unwinding: Unwinding,
    auctions: Auctions | undefined,
    policy: Policy,
    quantaPerUnit: number,
  ) {
    this.unwinding = unwinding;
    this.auctions = auctions;
    this.books = books;
    this.orders = orders;
    this.money = money;
    this.layers = policy.waterfall.map((layer) => ({ ...layer, code: LAYERS[layer.layer] ?? -1 }));
    this.quantaPerUnit = quantaPerUnit;
  }

  borne(row: Row): void {
    const order = this.orders.get(row, 'liquidation');
    const layer = row.num('layer');
    const known = layer === WRITE_OFF || layer === AUCTION || this.layers.some(({ code }) => code === layer);
    row.require(known, 'layer', () => 'a layer of the policy’s waterfall');
    const quanta = row.big('quanta');
    if (row.num('lots') === 0) this.paid(row, order, layer, quanta);
    else this.tookOver(row, order, layer, quanta);
    this.add(row, order, quanta);
    this.money.loss = undefined;
    this.money.takeover = undefined;
  }

  /** A takeover is complete: its price must be the one that the layer promises. */
  settle(): void {
    const { handover } = this;
    if (handover === undefined) return;
    this.handover = undefined;
    const expected = this.promised(handover);
    if (expected !== undefined && expected !== handover.quanta) {
      const last = handover.row.big('quanta');
      handover.row.differs('quanta', String(last + expected - handover.quanta));
    }
  }

  /** Money alone, for the debt of an account with nothing open. */
  private paid(row: Row, order: Order, layer: number, quanta: bigint): void {
    this.settle();
    const { loss } = this.money;
    if (loss === undefined) row.differs('quanta', '0: no money has moved');
    row.check('quanta', loss.quanta);
    const relieved = this.unwinding.relieved(order);
    row.require(loss.to === relieved, 'liquidation', () => `one of account ${loss.to}`);
    const isFund = layer === FUND_LAYER && loss.from === DEFAULT_FUND;
    if (!isFund) row.check('account', loss.from);
    row.check('price', 0);
    this.checkBearer(row, layer);
    if (layer === AUCTION) {
      this.auctions?.rewarded(row, order, quanta);
      return;
    }
    const { books } = this;
    row.require(books.isFlat(relieved), 'liquidation', () => 'one with nothing open');
    this.checkSold(row, relieved);
    const owed = quanta - books.in('margin', relieved);
    row.require(quanta > 0n && quanta <= owed, 'quanta', () => `more than 0, at most ${owed} owed`);
    if (layer === WRITE_OFF) row.check('quanta', owed);
    this.checkInsurance(row, layer, owed, quanta);
  }

  /** The insurance fund pays what it has, before those behind it in the waterfall; not judged if its drawdown is bounded. */
  private checkInsurance(row: Row, layer: number, owed: bigint, quanta: bigint): void {
    const place = this.layers.findIndex(({ code }) => code === INSURANCE_LAYER);
    const own = this.layers[place];
    if (own === undefined || own['drawdown'] !== undefined) return;
    const holds = this.books.equity(INSURANCE);
    if (layer === own.code) {
      const cap = own['cap'] as number | undefined;
      const free = holds + quanta;
      const most = cap === undefined ? free : minimum(free, BigInt(Math.floor(cap * this.quantaPerUnit)));
      row.check('quanta', minimum(owed, most));
      return;
    }
    const mine = layer === WRITE_OFF ? Infinity : this.layers.findIndex(({ code }) => code === layer);
    if (mine > place && own['cap'] === undefined && holds > 0n) {
      row.differs('layer', `insurance, which has ${holds} quanta`);
    }
  }

  private tookOver(row: Row, order: Order, layer: number, quanta: bigint): void {
    const { takeover, loss } = this.money;
    if (takeover === undefined) row.differs('lots', '0: no lots were taken over');
    const { buyer, seller, instrument, lots, before, rounding } = takeover;
    const relieved = this.unwinding.relieved(order);
    const long = seller === relieved;
    row.check('account', long ? buyer : seller);
    row.require(long || buyer === relieved, 'liquidation', () => `one of ${buyer} or ${seller}`);
    row.check('lots', long ? lots : -lots);
    row.check('quanta', (loss?.quanta ?? 0n) - rounding[long ? 1 : 0]);
    if (loss !== undefined) {
      row.check('account', loss.from);
      row.require(loss.to === relieved, 'liquidation', () => `one of account ${loss.to}`);
    }
    const mark = this.books.marks[instrument]!;
    const price = this.books.payoffs[instrument]!.price(long ? lots : -lots, mark, quanta);
    if (!(Math.abs(row.num('price') - price) <= 1e-9 * (Math.abs(price) + 1))) row.check('price', price);
    this.checkBearer(row, layer);
    if (!this.unwinding.isOn) order.taken_over += lots;
    this.unwinding.received(row, row.num('account'), order);
    if (layer === AUCTION) {
      this.auctions?.took(row, order, lots, quanta);
      return;
    }
    if (before[long ? 1 : 0].worth < 0n) this.checkSold(row, relieved);
    if (this.handover?.order !== order || this.handover.layer !== layer) {
      this.settle();
      this.handover = { order, layer, before: before[long ? 1 : 0], lots: 0n, quanta: 0n, row };
    }
    this.handover.lots += lots;
    this.handover.quanta += quanta;
    this.handover.row = row;
  }

  /** What those who took the lots bear together (negative: gain), by the price of the layer. */
  private promised({ order, layer, before, lots }: Handover): bigint | undefined {
    const { books } = this;
    const settings = this.layers.find(({ code }) => code === layer);
    if (settings?.['price'] === 'previous-mark') {
      const { instrument } = order;
      const signed = before.position > 0n ? lots : -lots;
      return books.payoffs[instrument]!.dearer(
        signed,
        books.marks[instrument]!,
        books.previousMarks[instrument]!,
      );
    }
    if (books.requirement === undefined) return undefined;
    // The bankruptcy price: −worth, shared by requirement among positions and by lots within one, towards zero.
    let whole = abs(before.worth);
    if (before.own < before.all) whole = (whole * before.own) / before.all;
    const part = (whole * lots) / abs(before.position);
    return before.worth < 0n ? part : -part;
  }

  /** Others bear a loss only when the account's own assets are sold. */
  private checkSold(row: Row, account: number): void {
    const asset = this.books.collateral.firstHeld(account);
    row.require(asset === -1, 'quanta', () => `0: account ${account} has asset ${asset} to sell`);
  }

  private checkBearer(row: Row, layer: number): void {
    const account = row.num('account');
    const right = this.mayBear(layer, account);
    row.require(right, 'account', () => 'an account that this layer lets bear it');
  }

  private mayBear(layer: number, account: number): boolean {
    const { books } = this;
    const isTrader = account >= FIRST_TRADER && books.margined[account] === true;
    switch (layer) {
      case WRITE_OFF:
        return account === WRITTEN_OFF;
      case AUCTION:
        return books.bidsFor[account] !== -1;
      case INSURANCE_LAYER:
        return account === INSURANCE;
      case BACKSTOP_LAYER:
        return account === VAULT;
      case FUND_LAYER:
        return isTrader || account === OWN_CAPITAL;
      default:
        return isTrader;
    }
  }

  private add(row: Row, order: Order, quanta: bigint): void {
    const account = row.num('account');
    if (quanta < 0n) order.surplus -= quanta;
    else if (account === INSURANCE) order.insured += quanta;
    else if (account === WRITTEN_OFF) order.written_off += quanta;
    else order.shared += quanta;
  }
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
