/**
 * An exchange behind a stream of lines: gives orders and accounts of any number their rows, keeps positions and the
 * clock, and writes what happens as lines.
 *
 * The clock is the greatest `time` that a command has carried; while none has carried one, the number of the line.
 */
import { CapacityError, InvariantError } from '../../core/errors.ts';
import { poolSchema, Pool } from '../../core/pool.ts';
import { World } from '../../core/world.ts';
import { BUY, SELL } from '../../market/book.ts';
import type { Side } from '../../market/book.ts';
import { exchangeSchema } from '../../market/exchange-schema.ts';
import { Exchange } from '../../market/exchange.ts';
import { newOrder } from '../../market/order.ts';
import type { CancelReason, Reports, SelfTrade } from '../../market/reports.ts';
import { REDUCE_ONLY } from '../../market/reports.ts';
import type { LineSession } from '../line-stream.ts';
import { Expiries } from './expiries.ts';
import type { Command } from './read.ts';
import { readCommand } from './read.ts';

export interface MatchOptions {
  readonly selfTrade: SelfTrade;
  /** Open orders at most. */
  readonly orders: number;
  /** Accounts at most. */
  readonly accounts: number;
  /** Ends with the book, as a last line. */
  readonly book: boolean;
}

const NAMES = ['buy', 'sell'] as const;
const SPAN = 16_384;
const FILLS = 1024;

export class MatchSession implements Reports, LineSession {
  out = '';
  private readonly exchange: Exchange;
  private readonly slots: Pool;
  private readonly slotOf = new Map<number, number>();
  private readonly accountOf = new Map<number, number>();
  private readonly ids: Float64Array;
  private readonly open: Float64Array;
  private readonly rows: Int32Array;
  private readonly positions: Float64Array;
  private readonly expiries = new Expiries();
  private readonly accounts: number;
  private readonly book: boolean;
  /** Orders that may have ended during the command at hand. */
  private readonly touched: number[] = [];
  private now = 0;
  private timed = false;

  constructor({ selfTrade, orders, accounts, book }: MatchOptions) {
    const capacity = { instruments: 1, orders, terms: orders, owners: accounts, span: SPAN, fills: FILLS };
    const { tables } = new World(exchangeSchema(capacity));
    this.exchange = new Exchange(tables, capacity, [{ selfTrade }], this);
    this.exchange.reset();
    // One more than can rest: the order at hand.
    const schema = poolSchema(orders + 1);
    const { free, cell } = new World({ free: schema.free, cell: schema.cell }).tables;
    this.slots = new Pool('orders', '--orders', free, cell);
    this.ids = new Float64Array(orders + 1);
    this.open = new Float64Array(orders + 1);
    this.rows = new Int32Array(orders + 1);
    this.positions = new Float64Array(accounts);
    this.accounts = accounts;
    this.book = book;
  }

  /** Handles one line; its number counts from 1. */
  line(text: string, number: number): void {
    const command = readCommand(text);
    if ('reason' in command) {
      this.malformed(number, command.reason, command.id);
      return;
    }
    this.tick(command.time, number);
    try {
      this.handle(command);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      this.reject(command.id, 'capacity');
    }
    this.settle();
  }

  malformed(number: number, reason: string, id: number | undefined): void {
    const about = id === undefined ? '' : `"id":${id},`;
    this.out += `{"event":"rejected",${about}"line":${number},"reason":${JSON.stringify(reason)}}\n`;
  }

  /** The book as a last line, if it was asked for. */
  end(): void {
    if (!this.book) return;
    const side = (which: Side) => {
      const levels: string[] = [];
      this.exchange.level(0, which, (price, lots) => levels.push(`[${price},${lots}]`));
      return `[${levels.join(',')}]`;
    };
    this.out += `{"event":"book","bids":${side(BUY)},"asks":${side(SELL)}}\n`;
  }

  traded(_instrument: number, from: number, to: number): void {
    const { fills } = this.exchange.book;
    const sweep = fills.sweepOf(from);
    const side = fills.sweeps.side(sweep);
    const taker = fills.sweeps.taker(sweep);
    const takerTag = fills.sweeps.takerTag(sweep);
    for (let n = from; n < to; n++) {
      const row = fills.row(n);
      const quantity = fills.lots(row);
      const makerTag = fills.makerTag(row);
      this.move(taker, side === BUY ? quantity : -quantity);
      this.move(fills.maker(row), side === BUY ? -quantity : quantity);
      this.use(makerTag, quantity);
      this.use(takerTag, quantity);
      this.out +=
        `{"event":"trade","price":${fills.price(row)},"quantity":${quantity},"maker":${this.ids[makerTag]!},` +
        `"taker":${this.ids[takerTag]!},"side":"${NAMES[side]!}"}\n`;
    }
  }

  cancelled(tag: number, lots: number, reason: CancelReason): void {
    this.use(tag, lots);
    this.out += `{"event":"cancelled","id":${this.ids[tag]!},"quantity":${lots},"reason":"${reason}"}\n`;
  }

  triggered(tag: number): void {
    this.out += `{"event":"triggered","id":${this.ids[tag]!}}\n`;
  }

  auction(_instrument: number, price: number, lots: number): void {
    this.out += `{"event":"auction","price":${price},"quantity":${lots}}\n`;
  }

  forced(): void {
    throw new InvariantError('there are no liquidations here');
  }

  halted(): void {
    throw new InvariantError('there is no halt band here');
  }

  position(account: number): number {
    return this.positions[account]!;
  }

  private handle(command: Command): void {
    const { exchange } = this;
    switch (command.op) {
      case 'limit':
      case 'market':
      case 'stop':
      case 'take_profit':
        this.enter(command);
        return;
      case 'mark':
        exchange.markMoved(0, command.price);
        return;
      case 'cancel': {
        const slot = this.slotOf.get(command.id);
        if (slot === undefined) this.reject(command.id, 'unknown id');
        else exchange.cancel(this.rows[slot]!, 'user');
        return;
      }
      case 'cancel_all': {
        const account = this.accountOf.get(command.account);
        if (account !== undefined) exchange.cancelAll(account, -1);
        return;
      }
      case 'replace':
        this.replace(command);
        return;
      case 'auction':
        exchange.beginAuction(0, command.reference, command.limit);
        return;
      case 'uncross':
        if (exchange.isCall(0)) exchange.uncross(0);
        else this.out += '{"event":"rejected","reason":"no call period"}\n';
    }
  }

  /** A new order. */
  private enter(command: Command): void {
    const { exchange } = this;
    const { op, id, side, quantity } = command;
    if (this.slotOf.has(id)) {
      this.reject(id, 'duplicate id');
      return;
    }
    const account = this.account(command.account);
    if (account < 0 || exchange.full) {
      this.reject(id, 'capacity');
      return;
    }
    const now = op === 'limit' || op === 'market';
    if (now && (command.how & REDUCE_ONLY) !== 0 && exchange.closable(0, side, account) === 0) {
      this.reject(id, 'reduce_only');
      return;
    }
    const slot = this.slots.take();
    this.slotOf.set(id, slot);
    this.ids[slot] = id;
    this.open[slot] = quantity;
    this.touched.push(slot);
    this.out += `{"event":"accepted","id":${id}}\n`;
    if (command.expires_at !== undefined && command.expires_at <= this.now) {
      this.cancelled(slot, quantity, 'expired');
      return;
    }
    this.rows[slot] = this.place(command, account, slot);
    const { expires_at } = command;
    if (expires_at !== undefined && this.open[slot] > 0) this.expiries.add(expires_at, id);
  }

  /** Gives an order to the exchange. Returns its row there, or -1 when it is over. */
  private place(command: Command, account: number, slot: number): number {
    const { exchange } = this;
    const { op, side, quantity: lots, price, trigger, how, display } = command;
    const order = newOrder({ side, price, lots, owner: account, tag: slot, how, display, trigger });
    if (op === 'limit') return exchange.limit(order);
    if (op === 'market') return exchange.market(order);
    return op === 'stop' ? exchange.stop(order) : exchange.takeProfit(order);
  }

  private replace({ id, price, quantity }: Command): void {
    const slot = this.slotOf.get(id);
    if (slot === undefined) {
      this.reject(id, 'unknown id');
      return;
    }
    const row = this.rows[slot]!;
    if (this.exchange.open.isAside(row)) {
      this.reject(id, 'not a limit order in the book');
      return;
    }
    this.out += `{"event":"accepted","id":${id}}\n`;
    this.open[slot] = quantity;
    this.touched.push(slot);
    this.rows[slot] = this.exchange.replace(row, price, quantity);
  }

  /** Moves the clock and ends what expires by then. */
  private tick(time: number | undefined, number: number): void {
    if (time !== undefined) {
      this.now = this.timed ? Math.max(this.now, time) : time;
      this.timed = true;
    } else if (!this.timed) {
      this.now = number;
    }
    for (let id = this.expiries.next(this.now); id !== undefined; id = this.expiries.next(this.now)) {
      const slot = this.slotOf.get(id);
      if (slot === undefined) continue;
      this.exchange.cancel(this.rows[slot]!, 'expired');
      this.settle();
    }
  }

  private move(account: number, lots: number): void {
    this.positions[account] = this.positions[account]! + lots;
  }

  private use(slot: number, lots: number): void {
    const left = this.open[slot]! - lots;
    this.open[slot] = left;
    if (left === 0) this.touched.push(slot);
  }

  /** Forgets the orders that are over. Only now: during a command their numbers may still be told. */
  private settle(): void {
    for (const slot of this.touched) {
      const id = this.ids[slot]!;
      if (this.open[slot]! > 0 || this.slotOf.get(id) !== slot) continue;
      this.slotOf.delete(id);
      this.expiries.forget(id);
      this.slots.give(slot);
    }
    this.touched.length = 0;
  }

  /** Row of an account, or -1 when there is no room for another. */
  private account(number: number): number {
    const known = this.accountOf.get(number);
    if (known !== undefined) return known;
    const next = this.accountOf.size;
    if (next === this.accounts) return -1;
    this.accountOf.set(number, next);
    return next;
  }

  private reject(id: number, reason: string): void {
    this.out += `{"event":"rejected","id":${id},"reason":"${reason}"}\n`;
  }
}
