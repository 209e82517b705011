/** Taps on the ledger: every fill, transfer and payment from outside, with the balances that it leaves. */
import { OUTSIDE } from '../../../clearing/schema.ts';
import { FROM_CREDIT, FROM_RESERVE } from '../../terms/top-up-source.ts';
import type { Journal, Pocket } from './journal.ts';
import { tap } from './tap.ts';

export function tapMoney(journal: Journal): void {
  tapFills(journal);
  tapTransfers(journal);
  tapPayments(journal);
}

/** What stands for a fill's number where lots change hands without the book, by the purpose. */
const NOT_IN_BOOK: ReadonlyMap<string, number> = new Map([
  ['loss', -1],
  ['elsewhere', -2],
  ['expiry', -3],
]);

function tapFills(journal: Journal): void {
  const { ledger, book, expiries } = journal.venue;
  const { quote } = ledger.accounts;
  let fills = 0;
  tap(expiries, 'settle', (settle) => (instrument) => {
    journal.during('expiry', () => {
      settle(instrument);
    });
  });
  tap(ledger, 'settle', (settle) => (buyer, seller, instrument, lots, price) => {
    settle(buyer, seller, instrument, lots, price);
    if (!journal.isOpen) return;
    const code = NOT_IN_BOOK.get(journal.purpose);
    const taken = code !== undefined;
    const sweep = taken ? -1 : book.fills.sweepOf(fills);
    journal.write('audit_fills', {
      ...journal.stamp(),
      fill: code ?? fills++,
      instrument,
      price,
      lots,
      buyer,
      seller,
      taker: taken ? -1 : book.fills.sweeps.taker(sweep),
      cause: taken ? -1 : book.fills.sweeps.cause(sweep),
      quanta: ledger.contracts.value(instrument, lots, price),
      buyer_money: quote[buyer]!,
      seller_money: quote[seller]!,
      buyer_lots: ledger.position(buyer, instrument),
      seller_lots: ledger.position(seller, instrument),
    });
  });
}

function tapTransfers(journal: Journal): void {
  const { ledger, house, commands } = journal.venue;
  const { losses, forced } = house;
  tap(ledger, 'transfer', (transfer) => (from, to, quanta) => {
    transfer(from, to, quanta);
    moved(journal, from, 'margin', to, 'margin', quanta);
  });
  tap(commands, 'tradeElsewhere', (trade) => (account, instrument, lots, cost_ppm) => {
    journal.during('elsewhere', () => {
      trade(account, instrument, lots, cost_ppm);
    });
  });
  tap(ledger, 'exchange', (exchange) => (account, instrument, quantity) => {
    if (journal.isOpen && quantity !== 0) {
      const quanta = ledger.coins!.cost(account, instrument, quantity, ledger.marks[instrument]!);
      const kept = ledger.coins!.held(account, instrument) + quantity;
      const row = { ...journal.stamp(), account, instrument, coins: quantity, quanta, kept };
      journal.write('audit_exchanges', row);
    }
    journal.during('coin', () => {
      exchange(account, instrument, quantity);
    });
  });
  tap(ledger, 'charge', (charge) => (account, value, ppm) => {
    return journal.during('trading-fee', () => charge(account, value, ppm));
  });
  tap(ledger, 'contribute', (contribute) => (fee, ppm) => {
    journal.during('contribution', () => {
      contribute(fee, ppm);
    });
  });
  tap(losses, 'charge', (charge) => (from, quanta, bearer) => {
    journal.during('loss', () => {
      charge(from, quanta, bearer);
    });
    lost(journal);
  });
  tap(losses, 'assume', (assume) => (taker, lots, quanta) => {
    journal.during('loss', () => {
      assume(taker, lots, quanta);
    });
    lost(journal);
  });
  tap(forced, 'execute', (execute) => (order, lots, notional) => {
    journal.write('audit_executions', { ...journal.stamp(), order, lots, quanta: notional });
    journal.during('liquidation-fee', () => {
      execute(order, lots, notional);
    });
  });
  tap(forced, 'fine', (fine) => (order, value, ppm) => {
    journal.during(journal.purpose === '' ? 'penalty' : journal.purpose, () => {
      fine(order, value, ppm);
    });
  });
}

/** Money from outside the accounts: who brings it is known from who asked the ledger for it. */
function tapPayments(journal: Journal): void {
  const { ledger, treasury } = journal.venue;
  let owner = OUTSIDE;
  tap(treasury, 'topUp', (topUp) => (account, quanta, source, cost) => {
    owner = source === FROM_CREDIT ? account : ledger.purse(account);
    const pocket = source === FROM_CREDIT ? 'credit' : source === FROM_RESERVE ? 'reserve' : 'none';
    journal.during(pocket, () => {
      topUp(account, quanta, source, cost);
    });
  });
  tap(treasury, 'withdraw', (withdraw) => (account, quanta) => {
    owner = ledger.purse(account);
    journal.during('reserve', () => {
      withdraw(account, quanta);
    });
  });
  tap(ledger, 'pledge', (pledge) => (account, quanta) => {
    owner = ledger.purse(account);
    return journal.during('free', () => pledge(account, quanta));
  });
  tap(ledger, 'mint', (mint) => (account, quanta) => {
    mint(account, quanta);
    const pocket = pocketOf(journal.purpose);
    if (quanta >= 0) moved(journal, owner, pocket, account, 'margin', quanta);
    else moved(journal, account, 'margin', owner, pocket, -quanta);
  });
  tap(ledger, 'chooseLeverage', (choose) => (account, least_ppm) => {
    choose(account, least_ppm);
    if (journal.isOpen) journal.write('audit_leverages', { ...journal.stamp(), account, least_ppm });
  });
}

function pocketOf(purpose: string): Pocket {
  return purpose === 'reserve' || purpose === 'free' || purpose === 'credit' ? purpose : 'none';
}

function moved(
  journal: Journal,
  from: number,
  from_pocket: Pocket,
  to: number,
  to_pocket: Pocket,
  quanta: number,
): void {
  if (!journal.isOpen || quanta === 0) return;
  const { quote } = journal.venue.ledger.accounts;
  journal.write('audit_cash', {
    ...journal.stamp(),
    reason: journal.purpose,
    from,
    from_pocket,
    to,
    to_pocket,
    quanta,
    from_money: quote[from]!,
    to_money: quote[to]!,
  });
}

/** The row that a layer has just written to the log of losses. */
function lost(journal: Journal): void {
  const { log, count } = journal.venue.house.losses;
  const row = count - 1;
  journal.write('audit_losses', {
    ...journal.stamp(),
    liquidation: log.liquidation[row]!,
    layer: log.layer[row]!,
    account: log.account[row]!,
    quanta: log.quanta[row]!,
    lots: log.lots[row]!,
    price: log.price[row]!,
  });
}
