/**
 * The auctioneer: asks registered liquidators what they take of a position, in the order of their accounts, and settles
 * with those who won. Assumes that sealed bids are made when the time for them ends: nobody gains by an earlier one.
 * A liquidator that is itself in distress is not asked, and takes no more than its initial margin carries.
 */
import type { ClearingHouse } from '../../../clearing/calls/house.ts';
import { DUTCH } from '../../../clearing/calls/rungs/rung.ts';
import type { Award } from '../../../clearing/waterfall/losses.ts';
import type { Agenda } from '../../terms/agenda.ts';
import { BUY, SELL } from '../../../market/book.ts';
import type { Breaches } from '../breaches.ts';
import { Offer } from '../../agent/offer.ts';
import type { WorldTables } from '../../scenario/tables.ts';
import type { Commands } from '../commands.ts';

/** Asks a liquidator what it takes of an offer, in the auction of that number: the offer holds the answer. */
export type Ask = (account: number, auction: number, offer: Offer) => void;

export class Auctioneer {
  private readonly house: ClearingHouse;
  private readonly queue: Agenda;
  private readonly commands: Commands;
  private readonly breaches: Breaches;
  readonly ask: Ask;
  private readonly margined: Uint8Array;
  private readonly cell: WorldTables['clearing_cell'];
  /** By instrument: accounts of its liquidators. */
  readonly bidders: readonly Int32Array[];
  readonly offer = Object.preventExtensions(new Offer());
  /** Answers to the offer at hand, by bidder: price in ticks, lots (unsigned) that its margin carries, of which won. */
  readonly price: Int32Array;
  readonly wanted: Int32Array;
  readonly won: Int32Array;
  private readonly awarded: Award = { winner: 0, lots: 0, price: 0, reward_ppm: 0 };

  constructor(
    tables: WorldTables,
    queue: Agenda,
    commands: Commands,
    breaches: Breaches,
    bidders: readonly Int32Array[],
    ask: Ask,
  ) {
    this.house = commands.house;
    this.queue = queue;
    this.commands = commands;
    this.breaches = breaches;
    this.ask = ask;
    this.bidders = bidders;
    this.margined = tables.accounts.margined;
    this.cell = tables.clearing_cell;
    const most = Math.max(...this.bidders.map(({ length }) => length));
    this.price = new Int32Array(most);
    this.wanted = new Int32Array(most);
    this.won = new Int32Array(most);
  }

  /**
   * Offers `lots` (unsigned) of a position as the house's decision says. Returns the row of the liquidation, whose
   * `taken_over` is what was taken; -1 if nobody took any.
   */
  hold(account: number, instrument: number, lots: number): number {
    const { house, offer } = this;
    const { decision, ledger, forced } = house;
    const long = ledger.position(account, instrument) > 0;
    offer.instrument = instrument;
    offer.lots = long ? lots : -lots;
    offer.mark = ledger.marks[instrument]!;
    offer.asked = decision.auction === DUTCH ? forced.asked(account, instrument, decision) : 0;
    this.collect(account, forced.limitPrice(account, instrument, decision));
    const worst = this.choose(lots);
    if (worst < 0) return -1;
    const row = forced.open(this.queue.now, account, instrument, long ? -lots : lots);
    this.settle(row, decision.uniform ? this.price[worst]! : 0);
    return row;
  }

  /** Asks everybody; answers at prices beyond `limit` (0: none) count for nothing. */
  private collect(account: number, limit: number): void {
    const { offer, house, price, wanted } = this;
    const bidders = this.bidders[offer.instrument]!;
    const number = this.numberOf(account) * house.ledger.instruments + offer.instrument;
    for (let i = 0; i < bidders.length; i++) {
      const bidder = bidders[i]!;
      offer.take(0);
      if (bidder !== account && !house.inDistress(bidder)) this.ask(bidder, number, offer);
      const refused = offer.lots > 0 ? offer.price < Math.max(1, limit) : limit > 0 && offer.price > limit;
      price[i] = offer.price;
      wanted[i] = refused ? 0 : this.carried(bidder, offer.wanted);
    }
  }

  /** Shares out `lots` to the best prices, and at equal ones to the first accounts. Returns the last winner, or -1. */
  choose(lots: number): number {
    const { offer, price, wanted, won } = this;
    const { length } = this.bidders[offer.instrument]!;
    won.fill(0);
    let last = -1;
    for (let left = lots; left > 0;) {
      let best = -1;
      for (let i = 0; i < length; i++) {
        if (won[i] !== 0 || wanted[i] === 0) continue;
        const better = best < 0 || (offer.lots > 0 ? price[i]! > price[best]! : price[i]! < price[best]!);
        if (better) best = i;
      }
      if (best < 0) return last;
      const taken = Math.min(wanted[best]!, left);
      won[best] = taken;
      left -= taken;
      last = best;
    }
    return last;
  }

  /** Lots and money change hands. `uniform`: the price (ticks) for all winners; 0: each its own. */
  private settle(row: number, uniform: number): void {
    const { house, offer, won, awarded } = this;
    const { decision, forced, losses, ledger } = house;
    const { instrument } = offer;
    const bidders = this.bidders[instrument]!;
    const first = losses.count;
    awarded.reward_ppm = decision.reward_ppm;
    for (let i = 0; i < bidders.length; i++) {
      const lots = won[i]!;
      if (lots === 0) continue;
      const price = uniform > 0 ? uniform : this.price[i]!;
      const value = ledger.contracts.notional(instrument, lots, price);
      awarded.winner = bidders[i]!;
      awarded.lots = lots;
      awarded.price = price;
      losses.award(this.queue.now, row, awarded);
      forced.rows.taken_over[row] = forced.rows.taken_over[row]! + lots;
      forced.fine(row, value, decision.penalty_ppm);
    }
    this.breaches.reviewBearers(first, instrument);
  }

  /** The most of `lots` (unsigned) that a bidder's margin carries at its price, its open orders counted at their worst. */
  private carried(bidder: number, lots: number): number {
    if (lots === 0 || this.margined[bidder] === 0) return lots;
    if (this.affords(bidder, lots)) return lots;
    let least = 0;
    let beyond = lots;
    while (beyond - least > 1) {
      const middle = Math.floor((least + beyond) / 2);
      if (this.affords(bidder, middle)) least = middle;
      else beyond = middle;
    }
    return least;
  }

  private affords(bidder: number, lots: number): boolean {
    const { offer, house, commands } = this;
    const { instrument } = offer;
    const buys = offer.lots > 0;
    const buying = commands.exchange.lotsOut(bidder, instrument, BUY) + (buys ? lots : 0);
    const selling = commands.exchange.lotsOut(bidder, instrument, SELL) + (buys ? 0 : lots);
    const above = house.ledger.contracts.dearer(instrument, buys ? lots : -lots, offer.mark, offer.price);
    return house.affords(bidder, instrument, buying, selling, above);
  }

  /** Number of the account's auction: one for all offers of an episode of distress. */
  private numberOf(account: number): number {
    const { house, cell } = this;
    const { auction } = house.calls;
    const call = house.ledger.accounts.call[account]! - 1;
    if (auction[call] === 0) {
      cell.auctions[0] = cell.auctions[0]! + 1;
      auction[call] = cell.auctions[0];
    }
    return auction[call]! - 1;
  }
}
