/**
 * One run, replayed row by row. After each event every account that had to be called has a call, and nobody else got one;
 * at the end every balance, call and forced order is what the journal says.
 */
import { Auctions } from './auctions.ts';
import { Books } from './books.ts';
import { Calls } from './calls.ts';
import { checkCalls } from './closing-state.ts';
import { isKnownRung } from './decide.ts';
import type { Journal } from './journal.ts';
import { close, open, rowsOf, stepsOf } from './journal.ts';
import { Ladder } from './ladder.ts';
import { Losses } from './losses.ts';
import { Money } from './money.ts';
import { Orders } from './orders.ts';
import { requirementOf, Unknown } from './requirement.ts';
import { checkLiquidations, checkLosses } from './results.ts';
import type { Row } from './row.ts';
import type { Policy, Terms } from './terms.ts';
import { Unwinding } from './unwinding.ts';

/** What was checked, by name. */
export type Counts = Map<string, number>;

export class Replay {
  readonly counts: Counts = new Map();
  /** Checks that could not be made, and why. */
  readonly skipped: string[] = [];
  private readonly terms: Terms;
  private readonly policy: Policy;
  private readonly books: Books;
  private readonly orders = new Orders();
  private readonly ladder: Ladder;
  private readonly money: Money;
  private readonly auctions: Auctions;
  private readonly unwinding: Unwinding;
  private readonly losses: Losses;
  private readonly calls: Calls;
  /** Calls and decisions can be recomputed. */
  private readonly judged: boolean;
  private sequence = 0;
  private event = 0;
  private time = 0;
  /** A mark or a requirement has changed: everybody's health has. */
  private everybody = true;
  private last: Row | undefined;
  /** When calls began, by row, as recorded. */
  private breaches: readonly number[] = [];

  constructor(terms: Terms, policyName: string) {
    const policy = terms.policies[policyName]!;
    const trading = terms.trading[policyName]!;
    this.terms = terms;
    this.policy = policy;
    this.books = new Books(terms);
    this.ladder = new Ladder(this.books, policy);
    this.money = new Money(this.books, this.orders, policy, trading);
    this.auctions = new Auctions(this.books, this.ladder, this.money);
    this.unwinding = new Unwinding(this.books, this.orders, policy);
    this.judged = this.knowsPolicy();
    this.money.knowsPenalties = this.judged;
    this.losses = new Losses(
      this.books,
      this.orders,
      this.money,
      this.unwinding,
      this.judged ? this.auctions : undefined,
      policy,
      terms.quanta_per_unit,
    );
    const { books, ladder, orders, money, auctions } = this;
    const { liquidation_us } = terms.latencies[policyName]!;
    this.calls = new Calls({ books, ladder, orders, money, auctions }, policy, liquidation_us, trading);
  }

  /** Throws the first Difference. */
  run(journal: Journal): void {
    const money = open(this.books, journal);
    const calls = rowsOf(journal, 'calls');
    this.breaches = calls.map((row) => row.num('breach_us'));
    for (const row of stepsOf(journal)) this.apply(row);
    this.endEvent();
    this.count('events', this.event);
    this.count('closing balances', close(this.books, this.money.coins, journal, money));
    this.orders.checkTotals();
    if (this.judged) {
      checkCalls(this.ladder, calls);
      this.checkNothingDue();
      this.count('calls', calls.length);
    }
    checkLiquidations(journal.get('liquidations') ?? [], this.orders.all, this.terms);
    checkLosses(journal.get('losses') ?? [], rowsOf(journal, 'losses'), this.terms);
  }

  private apply(row: Row): void {
    this.checkOrder(row);
    const { table } = row;
    this.count(table.replace('audit_', ''), 1);
    if (!NOT_LOSSES.has(table)) this.losses.settle();
    if (table !== 'audit_bids') this.auctions.checkAnswers();
    switch (table) {
      case 'audit_marks':
        this.mark(row);
        break;
      case 'audit_terms':
        this.books.setTerm(row.num('instrument'), row.num('term'), row.num('value'));
        this.everybody = true;
        break;
      case 'audit_prices':
        this.price(row);
        break;
      case 'audit_exchanges':
        this.money.exchanged(row);
        break;
      case 'audit_sales':
        this.money.sale(row);
        break;
      case 'audit_offers':
        if (this.judged) this.calls.offer(row);
        break;
      case 'audit_bids':
        if (this.judged) this.auctions.bid(row);
        break;
      case 'audit_unwinding':
        this.unwinding.step(row);
        break;
      case 'audit_leverages':
        this.books.leverage[row.num('account')] = row.big('least_ppm');
        break;
      case 'audit_fills':
        this.money.fill(row);
        break;
      case 'audit_cash':
        this.money.cash(row);
        break;
      case 'audit_executions':
        this.money.execution(row);
        break;
      case 'audit_losses':
        this.losses.borne(row);
        break;
      case 'audit_orders':
        if (this.judged) this.calls.order(row);
        else this.openUnjudged(row);
        break;
      case 'audit_steps':
        if (this.judged) this.calls.step(row);
        break;
      default:
        if (this.judged) this.calls.visit(row);
    }
    this.last = row;
  }

  /** Rows come one after another, none is missing, and time does not go back. */
  private checkOrder(row: Row): void {
    if (row.num('seq') !== 0) row.check('seq', ++this.sequence);
    const [event, time] = [row.num('event'), row.num('time_us')];
    if (event !== this.event) {
      row.require(event > this.event, 'event', () => `more than ${this.event}`);
      row.require(time >= this.time, 'time_us', () => `at least ${this.time}`);
      this.endEvent();
      this.event = event;
      this.time = time;
    }
    row.check('time_us', this.time);
  }

  private mark(row: Row): void {
    const mark = row.big('mark');
    row.require(mark > 0n, 'mark', () => 'more than 0');
    this.books.setMark(row.num('instrument'), mark);
    this.everybody = true;
  }

  private price(row: Row): void {
    const { collateral } = this.books;
    const [asset, price] = [row.num('asset'), row.big('price')];
    row.require(asset >= 0 && asset < collateral.count, 'asset', () => `one of ${collateral.count}`);
    row.require(price > 0n, 'price', () => 'more than 0');
    collateral.prices[asset] = price;
    this.everybody = true;
  }

  /** Where calls cannot be recomputed, when they began is as recorded. */
  private openUnjudged(row: Row): void {
    const [account, instrument] = [row.num('account'), row.num('instrument')];
    const [generation, parent] = [row.num('generation'), row.num('parent')];
    const breach_us = this.breaches[row.num('call')] ?? row.differs('call', 'one of audit_calls');
    this.orders.open(row, { account, instrument, generation, parent, breach_us });
  }

  private endEvent(): void {
    this.losses.settle();
    if (this.judged) {
      this.calls.settle();
      this.auctions.settle();
      this.checkHealth();
    }
    this.unwinding.settle();
    const overdue = this.unwinding.overdue(this.time);
    if (overdue !== undefined) this.missing(overdue);
    this.money.settle();
  }

  /** Everybody whose health may have changed is above the ladder, or has a call, and above what it is watched for. */
  private checkHealth(): void {
    const { books, ladder, money } = this;
    if (this.last === undefined) return;
    if (this.everybody) for (let account = 0; account < books.accounts; account++) this.checkAccount(account);
    else for (const account of money.touched) this.checkAccount(account);
    this.everybody = false;
    for (const call of ladder.openCalls) {
      if (call.due_us === -1 || call.due_us >= this.time) continue;
      this.missing(`look at account ${call.account} at ${call.due_us} µs`);
    }
  }

  private checkAccount(account: number): void {
    const { books, ladder } = this;
    if (books.margined[account] !== true) return;
    this.count('health of accounts', 1);
    const call = ladder.callOf(account);
    const missed = call === undefined ? ladder.isInBreach(account) : ladder.hasDeepened(call);
    if (!missed) return;
    const equity = books.equity(account);
    const maintenance = books.maintenance(account);
    this.missing(`call of account ${account}: equity ${equity}, maintenance requirement ${maintenance}`);
  }

  private missing(what: string): never {
    return this.last!.differs('seq', `followed by the ${what}`);
  }

  /** Every look and every turn that was due before the end has taken place. */
  private checkNothingDue(): void {
    const overdue = this.unwinding.overdue(this.terms.until_us + 1);
    if (overdue !== undefined) this.missing(overdue);
    for (const { account, due_us } of this.ladder.openCalls) {
      if (due_us === -1 || due_us > this.terms.until_us) continue;
      this.missing(`look at account ${account} at ${due_us} µs`);
    }
  }

  private knowsPolicy(): boolean {
    const { margin, ladder } = this.policy;
    const requirement = requirementOf(margin, this.terms, (instrument, term) =>
      this.books.term(instrument, term),
    );
    const rung = ladder.find((one) => !isKnownRung(one.rung));
    if (requirement instanceof Unknown || rung !== undefined) {
      const why = requirement instanceof Unknown ? requirement.reason : `rung ${rung!.rung}`;
      this.skipped.push(`requirements, calls and decisions: this audit cannot recompute ${why}`);
      return false;
    }
    this.books.requirement = requirement;
    return true;
  }

  private count(what: string, n: number): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + n);
  }
}

/** Rows that belong to a loss under way. */
const NOT_LOSSES = new Set(['audit_fills', 'audit_cash', 'audit_losses']);
