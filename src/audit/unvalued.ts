/**
 * A run in which some instrument is a contract of a kind that no formula is known of: nobody's worth can be recomputed, and so
 * no requirement, call or price of a takeover. What is left is that whatever moves comes from somebody and goes to somebody:
 * each fill moves as much to one side as from the other, and every balance is what all rows before it have made it.
 */
import type { Pocket } from './books.ts';
import { Books } from './books.ts';
import { Coins } from './coins.ts';
import type { Journal } from './journal.ts';
import { close, open, stepsOf } from './journal.ts';
import { unknownKind } from './payoff.ts';
import type { Row } from './row.ts';
import type { Terms } from './terms.ts';
import { OUTSIDE } from './terms.ts';

export class Unvalued {
  readonly counts = new Map<string, number>();
  readonly skipped: readonly string[];
  private readonly books: Books;
  private sequence = 0;

  constructor(terms: Terms) {
    const kinds = new Set(terms.instruments.flatMap((one) => unknownKind(one) ?? []));
    const names = [...kinds].map((kind) => `contract ${kind}`).join(', ');
    this.skipped = [
      `worth, fees, requirements, calls and decisions: this audit knows no formula of ${names}; ` +
        'what trades move is taken as recorded',
    ];
    this.books = new Books(terms);
  }

  /** Throws the first Difference. */
  run(journal: Journal): void {
    const money = open(this.books, journal);
    for (const row of stepsOf(journal)) this.apply(row);
    this.count('closing balances', close(this.books, new Coins(this.books), journal, money));
  }

  private apply(row: Row): void {
    if (row.num('seq') !== 0) row.check('seq', ++this.sequence);
    const { books } = this;
    const what = row.table.replace('audit_', '');
    this.count(what, 1);
    switch (what) {
      case 'fills':
        this.fill(row);
        break;
      case 'cash':
        this.cash(row);
        break;
      case 'exchanges':
        books.addCoins(this.account(row, 'account'), row.num('instrument'), row.big('coins'));
        books.addCoins(OUTSIDE, row.num('instrument'), -row.big('coins'));
        row.check('kept', books.coinsOf(row.num('account'), row.num('instrument')));
        break;
      case 'sales':
        books.collateral.move(this.account(row, 'account'), row.num('asset'), -row.big('lots'));
        books.collateral.move(OUTSIDE, row.num('asset'), row.big('lots'));
        row.check('kept', books.collateral.held(row.num('account'), row.num('asset')));
        break;
      case 'leverages':
        books.leverage[this.account(row, 'account')] = row.big('least_ppm');
        break;
      default: // moves nothing
    }
  }

  private fill(row: Row): void {
    const { books } = this;
    const instrument = row.num('instrument');
    row.require(instrument in books.payoffs, 'instrument', () => `one of ${books.instruments}`);
    const [buyer, seller] = [this.account(row, 'buyer'), this.account(row, 'seller')];
    const [lots, quanta] = [row.big('lots'), row.big('quanta')];
    row.require(lots > 0n, 'lots', () => 'more than 0');
    books.pay(instrument, buyer, seller, quanta);
    books.trade(buyer, instrument, lots);
    books.trade(seller, instrument, -lots);
    row.check('buyer_money', books.in('margin', buyer));
    row.check('seller_money', books.in('margin', seller));
    row.check('buyer_lots', books.position(buyer, instrument));
    row.check('seller_lots', books.position(seller, instrument));
  }

  private cash(row: Row): void {
    const { books } = this;
    const [from, to] = [this.account(row, 'from'), this.account(row, 'to')];
    const quanta = row.big('quanta');
    books.add(pocketIn(row, 'from_pocket'), from, -quanta);
    books.add(pocketIn(row, 'to_pocket'), to, quanta);
    row.check('from_money', books.in('margin', from));
    row.check('to_money', books.in('margin', to));
  }

  private account(row: Row, column: string): number {
    const account = row.num(column);
    row.require(account in this.books.margined, column, () => `one of ${this.books.accounts} accounts`);
    return account;
  }

  private count(what: string, n: number): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + n);
  }
}

const POCKETS: readonly string[] = ['margin', 'reserve', 'free', 'credit'] satisfies Pocket[];

function pocketIn(row: Row, column: string): Pocket {
  const pocket = row.text(column);
  row.require(POCKETS.includes(pocket), column, () => `one of ${POCKETS.join(', ')}`);
  return pocket as Pocket;
}
