/** Calls, replayed: each step of one must follow from the policy and from health at its moment. */
import type { Books } from './books.ts';
import type { Call, Ladder } from './ladder.ts';
import type { Money } from './money.ts';
import type { Orders } from './orders.ts';
import type { Row } from './row.ts';
import type { Policy, TradingTerms } from './terms.ts';
import type { Desk } from './visits.ts';
import { isBesideBook, Visits } from './visits.ts';

const MET = 1;
const LIQUIDATED = 2;
const TAKEN_OVER = 3;

/** Columns of audit_steps that only some actions have, and what stands there in others. */
const OWN_COLUMNS: readonly (readonly [string, readonly string[], number])[] = [
  ['instrument', ['opened', 'ended'], -1],
  ['fill', ['opened', 'deepened'], -1],
  ['parent', ['opened', 'deepened'], -1],
  ['quanta', ['answered'], 0],
  ['due_us', ['look'], -1],
  ['outcome', ['ended'], -1],
];

export class Calls {
  private readonly books: Books;
  private readonly ladder: Ladder;
  private readonly orders: Orders;
  private readonly money: Money;
  private readonly visits: Visits;
  private readonly latency: number;
  /** A visit has found its account healthy: the call must end. */
  private recovered: { readonly row: Row; readonly account: number } | undefined;
  private fallen: Row | undefined;

  constructor(desk: Desk, policy: Policy, latency_us: number, trading: readonly TradingTerms[]) {
    this.books = desk.books;
    this.ladder = desk.ladder;
    this.orders = desk.orders;
    this.money = desk.money;
    this.visits = new Visits(desk, policy, trading);
    this.latency = latency_us;
  }

  step(row: Row): void {
    const action = row.text('action');
    for (const [column, of, none] of OWN_COLUMNS) if (!of.includes(action)) row.check(column, none);
    if (action === 'opened') this.opened(row);
    else if (action === 'deepened') this.deepened(row);
    else if (action === 'look') this.look(row);
    else if (action === 'answered') this.answered(row);
    else {
      row.check('action', 'ended');
      this.ended(row);
    }
  }

  visit(row: Row): void {
    const call = this.callOf(row);
    if (this.visits.begin(row, call)) this.recovered = { row, account: call.account };
  }

  order(row: Row): void {
    this.visits.order(row, this.callOf(row));
  }

  /** A position is offered to liquidators. */
  offer(row: Row): void {
    this.visits.offer(row, this.callOf(row));
  }

  /** What had to happen within the event has happened. */
  settle(): void {
    const { recovered, fallen } = this;
    const visiting = this.visits.current;
    if (visiting !== undefined) visiting.row.differs('seq', 'followed by the time of the next look');
    if (recovered !== undefined) recovered.row.differs('seq', 'followed by the end of the call');
    if (fallen !== undefined) fallen.differs('seq', 'followed by the time of the next look');
  }

  private opened(row: Row): void {
    const { books, ladder } = this;
    const account = row.num('account');
    row.require(books.margined[account] === true, 'account', () => 'one that must meet requirements');
    row.require(ladder.callOf(account) === undefined, 'account', () => 'one without a call');
    row.check('call', ladder.calls.length);
    if (!ladder.isInBreach(account)) {
      const state = `equity ${books.equity(account)} above the ladder's levels of ${books.maintenance(account)}`;
      row.differs('account', `no call: ${state}`);
    }
    const { parent, generation, fill } = this.cause(row);
    const instrument = row.num('instrument');
    const mark = books.marks[instrument];
    if (mark === undefined) row.differs('instrument', `one of ${books.instruments}`);
    ladder.begin({ account, instrument, mark, breach_us: row.num('time_us'), parent, generation, fill });
    this.fallen = row;
  }

  private deepened(row: Row): void {
    const call = this.callOf(row);
    if (!this.ladder.hasDeepened(call)) {
      row.differs('action', `none: equity ${this.books.equity(call.account)} is at no level below`);
    }
    Object.assign(call, this.cause(row));
    this.ladder.deepen(call);
    this.fallen = row;
  }

  private cause(row: Row): { parent: number; generation: number; fill: number } {
    const parent = row.num('parent');
    const generation = parent < 0 ? 1 : this.orders.get(row, 'parent').generation + 1;
    return { parent, generation, fill: row.num('fill') };
  }

  /** The next look: soon after a fall; else when the decision says, or now if its own orders made the account fall. */
  private look(row: Row): void {
    const call = this.callOf(row);
    const now = row.num('time_us');
    if (call.hasFallen) {
      row.check('due_us', now + this.latency);
      call.hasFallen = false;
      this.fallen = undefined;
    } else {
      const visiting = this.visits.current;
      if (visiting?.call !== call) row.differs('action', 'none: nobody looks at this account now');
      this.visits.finish(visiting);
      const fell = visiting.decision.close !== 0 && this.ladder.hasDeepened(call);
      if (fell) row.check('due_us', now);
      else this.visits.checkWait(row, visiting);
    }
    call.due_us = row.num('due_us');
  }

  private answered(row: Row): void {
    const call = this.callOf(row);
    const quanta = this.money.brought.get(call.account) ?? 0n;
    row.check('quanta', quanta);
    if (call.answered_us === -1) call.answered_us = row.num('time_us');
    call.topped_up += quanta;
    if (this.ladder.rungFor(call.account) < 0 && quanta > 0n) this.recovered = { row, account: call.account };
  }

  private ended(row: Row): void {
    const { books, ladder } = this;
    const visiting = this.visits.current;
    const call = this.callOf(row);
    const { account } = call;
    row.check('instrument', call.instrument);
    const outcome = row.num('outcome');
    if (outcome === MET) {
      row.require(ladder.rungFor(account) < 0, 'outcome', () => '0: health is not restored');
    } else {
      const last = visiting?.call === call ? visiting : undefined;
      row.check('outcome', last !== undefined && isBesideBook(last) ? TAKEN_OVER : LIQUIDATED);
      row.require(books.isFlat(account), 'outcome', () => '0: a position is open');
      row.require(books.in('margin', account) >= 0n, 'outcome', () => '0: a debt is left');
      if (last !== undefined) this.visits.finish(last);
    }
    if (this.recovered?.account === account) this.recovered = undefined;
    ladder.end(call, outcome, row.num('time_us'));
  }

  /** The open call that a row names, of the account that it names. */
  private callOf(row: Row): Call {
    const call = this.ladder.callOf(row.num('account'));
    if (call === undefined) row.differs('account', 'one with a call');
    row.check('call', call.row);
    return call;
  }
}
