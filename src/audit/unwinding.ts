/**
 * Unwinding, replayed: fund and vault close what they took over in the book, a share of what is left at each interval, with
 * the forced order as their cause that handed lots over last.
 */
import { abs, ppmUp, share } from './arithmetic.ts';
import type { Books } from './books.ts';
import type { Order, Orders } from './orders.ts';
import type { Row } from './row.ts';
import type { Policy } from './terms.ts';
import { INSURANCE, VAULT } from './terms.ts';

interface Inventory {
  readonly account: number;
  readonly instrument: number;
  cause: number;
  /** When its next turn is; −1: none. */
  due_us: number;
}

interface Turn {
  readonly row: Row;
  readonly inventory: Inventory;
  ordered: boolean;
}

export class Unwinding {
  private readonly books: Books;
  private readonly orders: Orders;
  private readonly every_us: number;
  private readonly share_ppm: bigint;
  private readonly all = new Map<string, Inventory>();
  private turn: Turn | undefined;

  constructor(books: Books, orders: Orders, { unwind }: Policy) {
    this.books = books;
    this.orders = orders;
    this.every_us = unwind?.every ?? -1;
    this.share_ppm = ppmUp(unwind?.share ?? 0);
  }

  step(row: Row): void {
    if (row.text('action') === 'turn') this.begin(row);
    else {
      row.check('action', 'order');
      this.order(row);
    }
  }

  /** A row of losses: `bearer` has taken lots over that belong to a forced order. */
  received(row: Row, bearer: number, order: Order): void {
    if (this.every_us < 0 || (bearer !== INSURANCE && bearer !== VAULT)) return;
    this.keep(bearer, order.instrument, row.num('liquidation'), row.num('time_us'));
  }

  /** The account that a loss of a forced order relieves: its own, or the holder's that has taken it over before. */
  relieved(order: Order): number {
    const { turn } = this;
    return turn !== undefined && this.orders.all[turn.inventory.cause] === order
      ? turn.inventory.account
      : order.account;
  }

  get isOn(): boolean {
    return this.turn !== undefined;
  }

  /** At the end of an event. */
  settle(): void {
    const { turn, books } = this;
    if (turn === undefined) return;
    this.turn = undefined;
    const { row, inventory } = turn;
    const { account, instrument, cause } = inventory;
    if (books.position(account, instrument) !== 0n) {
      if (!turn.ordered) row.differs('seq', 'followed by an order: a position is open');
      this.keep(account, instrument, cause, row.num('time_us'));
    } else if (books.isFlat(account) && books.in('margin', account) < 0n) {
      row.differs('seq', `followed by losses: a debt of ${-books.in('margin', account)} is left`);
    }
  }

  /** A turn that was due before `time` and has not come, in words. */
  overdue(time: number): string | undefined {
    for (const { account, instrument, due_us } of this.all.values()) {
      if (due_us === -1 || due_us >= time) continue;
      return `turn of account ${account} to close lots of instrument ${instrument} at ${due_us} µs`;
    }
    return undefined;
  }

  private begin(row: Row): void {
    const inventory = this.all.get(key(row.num('account'), row.num('instrument')));
    if (inventory === undefined) row.differs('account', 'none: it has taken nothing over');
    row.check('time_us', inventory.due_us);
    row.check('cause', inventory.cause);
    row.check('lots', 0);
    inventory.due_us = -1;
    this.turn = { row, inventory, ordered: false };
  }

  private order(row: Row): void {
    const { turn, books } = this;
    if (turn === undefined) row.differs('action', 'none: it is nobody’s turn');
    const { account, instrument, cause } = turn.inventory;
    row.check('account', account);
    row.check('instrument', instrument);
    row.check('cause', cause);
    const held = books.position(account, instrument);
    const part = share(abs(held), this.share_ppm);
    row.check('lots', held > 0n ? -part : part);
    row.require(held !== 0n && !turn.ordered, 'action', () => 'none');
    turn.ordered = true;
  }

  private keep(account: number, instrument: number, cause: number, now: number): void {
    const at = key(account, instrument);
    const inventory = this.all.get(at) ?? { account, instrument, cause, due_us: -1 };
    this.all.set(at, inventory);
    inventory.cause = cause;
    if (inventory.due_us === -1) inventory.due_us = now + this.every_us;
  }
}

const key = (account: number, instrument: number): string => `${account} ${instrument}`;
