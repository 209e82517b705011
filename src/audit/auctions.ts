/**
 * Auctions, replayed: who had to be asked, what each liquidator's margin carries of what it wanted, who wins, and what
 * winners pay and get. What liquidators want, and at which price, is their own affair: an input.
 */
import { least, most, share } from './arithmetic.ts';
import type { Books } from './books.ts';
import type { Decision } from './decide.ts';
import type { Ladder } from './ladder.ts';
import type { Money } from './money.ts';
import type { Order } from './orders.ts';
import type { Row } from './row.ts';
import { INSURANCE } from './terms.ts';

interface Bid {
  readonly row: Row;
  readonly bidder: number;
  readonly price: bigint;
  readonly carried: bigint;
  won: bigint;
}

interface Offer {
  readonly row: Row;
  readonly account: number;
  readonly instrument: number;
  /** From the taker's side: above 0, it buys. */
  readonly lots: bigint;
  readonly mark: bigint;
  readonly asked: bigint;
  readonly limit: bigint;
  readonly decision: Decision;
  /** Who must answer, in order. */
  readonly bidders: readonly number[];
  readonly bids: Bid[];
}

/** What a winner takes. */
interface Award {
  readonly order: Order;
  readonly bidder: number;
  readonly lots: bigint;
  readonly price: bigint;
  readonly offer: Offer;
}

export class Auctions {
  private readonly books: Books;
  private readonly ladder: Ladder;
  private readonly money: Money;
  /** Answers to it are coming in, or it has winners and waits for its forced order. */
  private offer: Offer | undefined;
  private awards: Award[] = [];
  /** The gain of the winner beside, that the next row of losses must say. */
  private reward: { readonly award: Award; readonly quanta: bigint } | undefined;
  private offers = 0;

  constructor(books: Books, ladder: Ladder, money: Money) {
    this.books = books;
    this.ladder = ladder;
    this.money = money;
  }

  /** An offer that the visit's decision allows: its price and size have been checked. */
  open(row: Row, account: number, decision: Decision): void {
    row.check('row', this.offers++);
    const instrument = row.num('instrument');
    const { bidsFor } = this.books;
    const bidders = bidsFor.flatMap((its, bidder) => (its === instrument ? [bidder] : []));
    const [lots, mark] = [row.big('lots'), row.big('mark')];
    const [asked, limit] = [row.big('asked'), row.big('limit')];
    this.offer = { row, account, instrument, lots, mark, asked, limit, decision, bidders, bids: [] };
    if (bidders.length === 0) this.offer = undefined;
  }

  bid(row: Row): void {
    const { offer } = this;
    if (offer === undefined) row.differs('offer', 'none: no offer is open');
    row.check('offer', this.offers - 1);
    const bidder = offer.bidders[offer.bids.length];
    if (bidder === undefined) row.differs('bidder', `one of ${offer.bidders.length} liquidators`);
    row.check('bidder', bidder);
    const [wanted, price] = [row.big('wanted'), row.big('price')];
    if (bidder === offer.account || this.ladder.callOf(bidder) !== undefined) row.check('wanted', 0);
    const offered = offer.lots > 0n ? offer.lots : -offer.lots;
    row.require(wanted >= 0n && wanted <= offered, 'wanted', () => `from 0 to ${offered}`);
    if (offer.asked > 0n) row.check('price', offer.asked);
    const carried = row.big('carried');
    if (wanted === 0n || isRefused(offer, price)) row.check('carried', 0);
    else this.checkCarried(row, offer, bidder, wanted, price, carried);
    offer.bids.push({ row, bidder, price, carried, won: 0n });
    if (offer.bids.length === offer.bidders.length) this.choose(offer);
  }

  /** All have answered to the offer before. */
  checkAnswers(): void {
    const { offer } = this;
    if (offer === undefined || offer.bids.length === offer.bidders.length) return;
    offer.row.differs('seq', `followed by the answer of account ${offer.bidders[offer.bids.length]}`);
  }

  /** The forced order of an offer that somebody has taken. */
  order(row: Row, order: Order): void {
    const { offer } = this;
    if (offer === undefined) row.differs('lots', 'no order: nobody has taken any of it');
    this.offer = undefined;
    row.check('instrument', offer.instrument);
    row.check('lots', -offer.lots);
    const worst = worstWinner(offer);
    this.awards = offer.bids
      .filter(({ won }) => won > 0n)
      .map(({ bidder, won, price }) => {
        const paid = offer.decision.uniform === 1 ? worst.price : price;
        return { order, bidder, lots: won, price: paid, offer };
      });
  }

  /** A winner has taken its lots; `quanta`: what it bears. */
  took(row: Row, order: Order, lots: bigint, quanta: bigint): void {
    this.checkPaid();
    const award = this.awards.shift();
    if (award?.order !== order) row.differs('layer', 'none: no auction has given lots to this account');
    row.check('account', award.bidder);
    if (award.lots !== lots) row.check('lots', award.offer.lots > 0n ? award.lots : -award.lots);
    const payoff = this.books.payoffs[award.offer.instrument]!;
    const signed = award.offer.lots > 0n ? lots : -lots;
    const borne = payoff.dearer(signed, award.offer.mark, award.price);
    if (borne !== quanta) row.check('quanta', borne);
    const reward = least(
      share(payoff.notional(award.lots, award.price), award.offer.decision.reward_ppm),
      this.books.equity(award.offer.account),
    );
    if (reward > 0n) this.reward = { award, quanta: reward };
    else this.fine(row, award);
  }

  /** The reward has been paid. */
  rewarded(row: Row, order: Order, quanta: bigint): void {
    const { reward } = this;
    if (reward?.award.order !== order) row.differs('quanta', '0: no reward is due');
    this.reward = undefined;
    row.check('account', reward.award.bidder);
    if (quanta !== -reward.quanta) row.check('quanta', -reward.quanta);
    this.fine(row, reward.award);
  }

  /** At the end of an event. */
  settle(): void {
    this.checkAnswers();
    this.offer?.row.differs('seq', 'followed by its forced order: it was taken');
    this.checkPaid();
    const award = this.awards[0];
    award?.order.row.differs('seq', `followed by ${award.lots} lots for account ${award.bidder}`);
  }

  private checkPaid(): void {
    const { reward } = this;
    reward?.award.order.row.differs('seq', `followed by a reward of ${reward.quanta}`);
  }

  /** The penalty on what was taken, from what equity in money is left. */
  private fine(row: Row, award: Award): void {
    const { order, offer } = award;
    const value = this.books.payoffs[offer.instrument]!.notional(award.lots, award.price);
    const due = share(value, offer.decision.penalty_ppm);
    const quanta = least(due, this.books.worth(offer.account));
    if (quanta <= 0n) return;
    this.money.dues.owe('penalty', { row, from: offer.account, to: INSURANCE, quanta });
    order.fee += quanta;
  }

  /** As much as the bidder's margin carries, its open orders at their worst, and no lot more. */
  private checkCarried(
    row: Row,
    offer: Offer,
    bidder: number,
    wanted: bigint,
    price: bigint,
    carried: bigint,
  ): void {
    row.require(carried >= 0n && carried <= wanted, 'carried', () => `from 0 to ${wanted} wanted`);
    if (this.books.margined[bidder] !== true) {
      row.check('carried', wanted);
      return;
    }
    const orders = { buying: row.big('buying'), selling: row.big('selling') };
    const affords = (lots: bigint): boolean => this.affords(offer, bidder, price, lots, orders);
    if (affords(wanted)) row.check('carried', wanted);
    else if (carried > 0n && !affords(carried)) row.differs('carried', 'less, by its margin');
    else if (carried === wanted || affords(carried + 1n)) row.differs('carried', 'more, by its margin');
  }

  private affords(
    { instrument, lots: offered, mark }: Offer,
    bidder: number,
    price: bigint,
    lots: bigint,
    orders: { readonly buying: bigint; readonly selling: bigint },
  ): boolean {
    const { books } = this;
    const held = books.position(bidder, instrument);
    const longest = held + orders.buying + (offered > 0n ? lots : 0n);
    const shortest = orders.selling - held + (offered > 0n ? 0n : lots);
    const size = most(most(longest, -longest), most(shortest, -shortest));
    const now = books.initialOf(bidder, instrument, held < 0n ? -held : held);
    const above = books.payoffs[instrument]!.dearer(offered > 0n ? lots : -lots, mark, price);
    const equity = books.equity(bidder) - above;
    return equity >= books.initial(bidder) - now + books.initialOf(bidder, instrument, size);
  }

  /** The best price first, at equal ones the first account, until all is given. */
  private choose(offer: Offer): void {
    let left = offer.lots > 0n ? offer.lots : -offer.lots;
    const buys = offer.lots > 0n;
    const ranked = offer.bids
      .filter(({ carried }) => carried > 0n)
      .sort((a, b) => Number(buys ? b.price - a.price : a.price - b.price) || a.bidder - b.bidder);
    for (const bid of ranked) {
      bid.won = least(bid.carried, left);
      left -= bid.won;
    }
    for (const bid of offer.bids) bid.row.check('won', bid.won);
    if (ranked.length === 0) this.offer = undefined;
  }
}

function isRefused({ lots, limit }: Offer, price: bigint): boolean {
  return lots > 0n ? price < most(1n, limit) : limit > 0n && price > limit;
}

function worstWinner({ bids, lots }: Offer): Bid {
  const winners = bids.filter(({ won }) => won > 0n);
  return winners.reduce((worst, bid) => {
    return (lots > 0n ? bid.price < worst.price : bid.price > worst.price) ? bid : worst;
  });
}
