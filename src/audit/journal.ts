/** The journal of one run: its opening state, its steps in their order, and its closing state. */
import type { Books } from './books.ts';
import { checkClosing, checkLots } from './closing-state.ts';
import type { Coins } from './coins.ts';
import type { Row } from './row.ts';

/** Rows of one run, by table. */
export type Journal = ReadonlyMap<string, readonly Row[]>;

/** Rows of a table of the journal, by its name without `audit_`. */
export function rowsOf(journal: Journal, table: string): readonly Row[] {
  return journal.get(`audit_${table}`) ?? [];
}

function at(journal: Journal, table: string, moment: string): readonly Row[] {
  return rowsOf(journal, table).filter((row) => row.text('moment') === moment);
}

/** Puts the opening state into empty books. Returns the money in all pockets. */
export function open(books: Books, journal: Journal): bigint {
  for (const row of at(journal, 'accounts', 'opening')) books.open(row);
  const positions = at(journal, 'positions', 'opening');
  for (const row of positions) books.trade(row.num('account'), row.num('instrument'), row.big('lots'));
  for (const row of at(journal, 'holdings', 'opening')) {
    books.collateral.move(row.num('account'), row.num('asset'), row.big('lots'));
  }
  for (const row of at(journal, 'balances', 'opening')) {
    books.addCoins(row.num('account'), row.num('instrument'), row.big('coins'));
    if (row.num('margin') !== 0) books.coinHome[row.num('account')] = row.num('instrument');
  }
  checkLots(books, positions);
  return books.total();
}

/** Tables whose rows are steps in time; at the same place of the opening state, marks come first. */
const STEPS = [
  'marks',
  'prices',
  'terms',
  'leverages',
  'fills',
  'cash',
  'executions',
  'losses',
  'exchanges',
  'sales',
  'offers',
  'bids',
  'unwinding',
  'orders',
  'visits',
  'steps',
];

/** All steps, in the order in which they were taken. */
export function stepsOf(journal: Journal): readonly Row[] {
  return STEPS.flatMap((table) => rowsOf(journal, table)).sort((a, b) => a.num('seq') - b.num('seq'));
}

/** Every balance is what the replay has come to. `opening`: money at the beginning. Returns how many accounts there are. */
export function close(books: Books, coins: Coins, journal: Journal, opening: bigint): number {
  const accounts = at(journal, 'accounts', 'closing');
  const positions = at(journal, 'positions', 'closing');
  checkClosing(books, { accounts, positions, holdings: at(journal, 'holdings', 'closing') }, opening);
  coins.checkClosing(at(journal, 'balances', 'closing'));
  return accounts.length;
}
