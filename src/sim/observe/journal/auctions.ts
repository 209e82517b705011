/** Taps on the auctioneer: what was offered at which price, what each registered liquidator answered, and who won. */
import { BUY, SELL } from '../../../market/book.ts';
import type { Journal } from './journal.ts';
import { tap } from './tap.ts';

export function tapAuctions(journal: Journal): void {
  const { auctioneer, house, commands } = journal.venue;
  const { offer, price, wanted, won } = auctioneer;
  /** Lots that each bidder has answered to the offer at hand, by account; those who are not asked have no entry. */
  const answers = new Map<number, number>();
  /** The account whose position is offered. */
  let offered = -1;
  let offers = 0;
  tap(auctioneer, 'hold', (hold) => (account, instrument, lots) => {
    offered = account;
    answers.clear();
    return hold(account, instrument, lots);
  });
  tap(auctioneer, 'ask', (ask) => (bidder, auction, one) => {
    ask(bidder, auction, one);
    answers.set(bidder, one.wanted);
  });
  tap(auctioneer, 'choose', (choose) => (lots) => {
    const last = choose(lots);
    const { instrument } = offer;
    const bidders = auctioneer.bidders[instrument]!;
    journal.write('audit_offers', {
      ...journal.stamp(),
      row: offers,
      account: offered,
      call: house.ledger.accounts.call[offered]! - 1,
      instrument,
      lots: offer.lots,
      mark: offer.mark,
      asked: offer.asked,
      limit: house.forced.limitPrice(offered, instrument, house.decision),
    });
    bidders.forEach((bidder, i) => {
      journal.write('audit_bids', {
        ...journal.stamp(),
        offer: offers,
        bidder,
        price: price[i]!,
        wanted: answers.get(bidder) ?? 0,
        buying: commands.exchange.lotsOut(bidder, instrument, BUY),
        selling: commands.exchange.lotsOut(bidder, instrument, SELL),
        carried: wanted[i]!,
        won: won[i]!,
      });
    });
    offers++;
    return last;
  });
}
