/**
 * Balances in coins, replayed: what trades move, and what is bought and sold for money at the mark. A conversion changes
 * nobody's worth, and balances of one instrument sum to nothing.
 */
import { least, most } from './arithmetic.ts';
import type { Books } from './books.ts';
import type { Row } from './row.ts';
import { OUTSIDE } from './terms.ts';

/** Coins that must be bought next with money that has come. */
interface Purchase {
  readonly row: Row;
  readonly account: number;
  readonly instrument: number;
  readonly coins: bigint;
}

export class Coins {
  private readonly books: Books;
  private purchase: Purchase | undefined;
  /** Coins sold for money that leaves: the most that may have been sold too many is one. */
  private sale:
    | {
        readonly row: Row;
        readonly account: number;
        readonly coins: bigint;
        readonly held: bigint;
        readonly instrument: number;
      }
    | undefined;

  constructor(books: Books) {
    this.books = books;
  }

  /** Money has come to (or, negative, gone from) an account from its trader. */
  paid(row: Row, account: number, quanta: bigint): void {
    const { books } = this;
    const instrument = books.coinHome[account] ?? -1;
    if (instrument < 0) return;
    if (quanta > 0n) {
      const coins = books.bought(instrument, quanta);
      if (coins !== 0n) this.purchase = { row, account, instrument, coins };
      return;
    }
    const { sale } = this;
    const enough = books.bought(instrument, -quanta) + 1n;
    const held = most(sale?.held ?? books.coinsOf(account, instrument), 0n);
    const sold = sale?.account === account ? sale.coins : 0n;
    row.require(sold === least(enough, held), 'quanta', () => `what ${sold} coin quanta were sold for`);
    this.sale = undefined;
  }

  /** Coins against money, between an account and the rest of the world. Returns the money, which the account pays. */
  exchanged(row: Row): { readonly account: number; readonly quanta: bigint } {
    const { books, purchase } = this;
    const [account, instrument] = [row.num('account'), row.num('instrument')];
    row.require(
      books.payoffs[instrument]?.inCoin === true,
      'instrument',
      () => 'one that is settled in a coin',
    );
    const coins = row.big('coins');
    const held = books.coinsOf(account, instrument);
    if (purchase !== undefined) {
      row.check('account', purchase.account);
      row.check('instrument', purchase.instrument);
      row.check('coins', purchase.coins);
      this.purchase = undefined;
    } else if (coins !== -held || !books.isFlat(account)) {
      const isSale = coins < 0n && books.coinHome[account] === instrument;
      row.require(isSale, 'coins', () => `${-held}, all there are, or none`);
      this.sale = { row, account, coins: -coins, held, instrument };
    } else if (books.coinHome[account] === instrument) {
      this.sale = undefined;
    }
    const before = books.worthOf(account, instrument);
    books.addCoins(account, instrument, coins);
    const quanta = books.worthOf(account, instrument) - before;
    row.check('quanta', quanta);
    books.addCoins(OUTSIDE, instrument, -coins);
    row.check('kept', books.coinsOf(account, instrument));
    return { account, quanta };
  }

  /** What had to be bought has been, and what was sold has left. */
  settle(): void {
    const { purchase, sale } = this;
    if (purchase !== undefined)
      purchase.row.differs('seq', `followed by a purchase of ${purchase.coins} coin quanta`);
    if (sale !== undefined) sale.row.differs('coins', '0: no money has left for it');
  }

  /** Balances as the closing state has them, and no others. */
  checkClosing(rows: readonly Row[]): void {
    const { books } = this;
    let open = 0;
    for (let i = 0; i < books.instruments; i++) {
      let sum = 0n;
      for (let account = 0; account < books.accounts; account++) {
        const coins = books.coinsOf(account, i);
        sum += coins;
        if (coins !== 0n || books.coinHome[account] === i) open++;
      }
      if (sum !== 0n) rows.at(-1)?.differs('coins', `coins of instrument ${i} that sum to 0, not ${sum}`);
    }
    for (const row of rows) row.check('coins', books.coinsOf(row.num('account'), row.num('instrument')));
    if (rows.length !== open) rows.at(-1)?.differs('coins', `${open} balances in all, not ${rows.length}`);
  }
}
