/** Visits of the clearing house, replayed: what the rung decides, and the orders and offers that follow from it. */
import type { Auctions } from './auctions.ts';
import type { Books } from './books.ts';
import { allowedLimits, askedPrice, closingLots, plannedShare } from './closing.ts';
import type { Decision } from './decide.ts';
import { decide, nothing } from './decide.ts';
import { liquidationFee } from './fee.ts';
import type { Call, Ladder } from './ladder.ts';
import { LOOK_AGAIN_US } from './ladder.ts';
import type { Money } from './money.ts';
import type { Orders } from './orders.ts';
import type { Row } from './row.ts';
import type { Policy, Settings, TradingTerms } from './terms.ts';

/** One whose decision is being carried out. */
export interface Visit {
  readonly row: Row;
  readonly call: Call;
  readonly rung: Settings | undefined;
  readonly decision: Decision;
  readonly planned: bigint;
  /** The first instrument that no order has been given for. */
  next: number;
}

/** What visits need of the rest of the audit. */
export interface Desk {
  readonly books: Books;
  readonly ladder: Ladder;
  readonly orders: Orders;
  readonly money: Money;
  readonly auctions: Auctions;
}

export class Visits {
  /** The one under way. */
  current: Visit | undefined;
  private readonly books: Books;
  private readonly ladder: Ladder;
  private readonly orders: Orders;
  private readonly money: Money;
  private readonly auctions: Auctions;
  private readonly policy: Policy;
  /** By instrument, true: orders may wait for a call auction. */
  private readonly waits: readonly boolean[];

  constructor(
    { books, ladder, orders, money, auctions }: Desk,
    policy: Policy,
    trading: readonly TradingTerms[],
  ) {
    this.books = books;
    this.ladder = ladder;
    this.orders = orders;
    this.money = money;
    this.auctions = auctions;
    this.policy = policy;
    this.waits = trading.map(({ batch_us, halt }) => batch_us > 0 || halt !== undefined);
  }

  /** A look at an account with a call. Returns true if it is healthy, and nothing is decided. */
  begin(row: Row, call: Call): boolean {
    const { books, ladder } = this;
    const { account } = call;
    const time = row.num('time_us');
    row.check('time_us', call.due_us);
    call.due_us = -1;
    if (call.detected_us === -1) call.detected_us = time;
    const health = {
      equity: books.equity(account),
      maintenance: books.maintenance(account),
      initial: books.initial(account),
      free: books.in('free', books.purse[account]!),
      visits: 0,
      unmet: 0,
    };
    row.check('equity', health.equity);
    row.check('maintenance', health.maintenance);
    row.check('initial', health.initial);
    const reached = ladder.rungFor(account);
    row.check('distressed', reached < 0 ? 0 : 1);
    if (reached < 0) {
      this.checkDecision(row, -1, nothing());
      return true;
    }
    const acting = ladder.look(call, reached, time);
    const rung = acting < 0 ? undefined : this.policy.ladder[acting];
    const decision =
      rung === undefined
        ? nothing(LOOK_AGAIN_US)
        : decide(rung, { ...health, visits: call.visits, unmet: call.unmet })!;
    decision.wait_us = Math.max(decision.wait_us, ladder.pause(call, time));
    this.checkDecision(row, acting, decision);
    if (rung !== undefined) ladder.carryOut(call, decision, time);
    this.money.expectPull(row, account, decision.pull);
    const fee_ppm = liquidationFee(this.policy.liquidation_fee, time - call.breach_us);
    const planned = rung === undefined ? 0n : plannedShare(books, account, rung, decision, fee_ppm);
    this.current = { row, call, rung, decision, planned, next: 0 };
    return false;
  }

  order(row: Row, call: Call): void {
    const { books, current: visiting } = this;
    if (visiting?.call !== call || visiting.decision.close === 0) row.differs('call', 'one that closes now');
    const instrument = row.num('instrument');
    row.require(instrument in books.payoffs, 'instrument', () => `one of ${books.instruments}`);
    const held = books.position(call.account, instrument);
    row.check('mark', books.marks[instrument]!);
    if (held === 0n) {
      // Its own trades have closed everything and left a debt.
      row.check('lots', 0);
      row.require(books.isFlat(call.account), 'lots', () => 'those of an open position');
    } else if (visiting.decision.auction === 0) {
      this.skip(visiting, instrument);
      const lots = this.lotsOf(visiting, instrument);
      row.check('lots', held > 0n ? -lots : lots);
    }
    visiting.next = instrument + 1;
    this.checkLimit(row, visiting, instrument, held);
    if (call.liquidated_us === -1) call.liquidated_us = row.num('time_us');
    const order = this.orders.open(row, { ...call, instrument });
    if (held !== 0n && visiting.decision.auction !== 0) this.auctions.order(row, order);
  }

  /** A position is offered to liquidators: as many lots as decided, at the price and not beyond the limit decided. */
  offer(row: Row, call: Call): void {
    const { books, current: visiting } = this;
    if (visiting?.call !== call || visiting.decision.auction === 0)
      row.differs('call', 'one that is auctioned now');
    const { rung, decision } = visiting;
    const instrument = row.num('instrument');
    row.require(instrument in books.payoffs, 'instrument', () => `one of ${books.instruments}`);
    const held = books.position(call.account, instrument);
    row.require(held !== 0n, 'instrument', () => 'one with an open position');
    this.skip(visiting, instrument);
    const lots = this.lotsOf(visiting, instrument);
    row.check('lots', held > 0n ? lots : -lots);
    const mark = books.marks[instrument]!;
    row.check('mark', mark);
    checkOneOf(row, 'limit', allowedLimits(books, call.account, instrument, rung!));
    const isAsked = decision.auction === 1;
    row.check('asked', isAsked ? askedPrice(mark, held > 0n, decision.discount_ppm, row.big('limit')) : 0);
    visiting.next = instrument + 1;
    this.auctions.open(row, call.account, decision);
  }

  /** What the decision says; longer and longer where a full liquidation that goes on for ever found an empty book. */
  checkWait(row: Row, { call, rung, decision }: Visit): void {
    const now = row.num('time_us');
    const waits = row.num('due_us') - now;
    const traded = this.orders.all.some(
      (order) => order.account === call.account && order.event === row.num('event') && order.filled > 0n,
    );
    if (rung?.['rung'] !== 'full' || rung['times'] !== undefined || traded) {
      call.alone = 0;
      row.check('due_us', now + decision.wait_us);
      return;
    }
    // Whether nobody was there or only nobody within the limit is not in the journal: both are allowed for.
    const longest = Math.max(decision.wait_us, rung['longest_retry'] as number);
    const grown = Math.min(longest, decision.wait_us * 2 ** call.alone);
    call.alone = waits === grown ? call.alone + 1 : 1;
    if (waits !== grown) row.check('due_us', now + decision.wait_us);
  }

  /** All orders of a visit are given. */
  finish(visit: Visit): void {
    if (visit.decision.close !== 0) {
      this.skip(visit, this.books.instruments);
      visit.call.volume = [...this.books.volume];
    }
    this.current = undefined;
  }

  /** Positions up to an instrument that got no order: there was nothing to close, or an order waits for an auction. */
  private skip(visit: Visit, end: number): void {
    for (; visit.next < end; visit.next++) {
      const { next } = visit;
      if (this.books.position(visit.call.account, next) === 0n || this.waits[next] === true) continue;
      if (this.wasOrdered(visit, next) || this.foundNobody(visit.call, next)) continue;
      const lots = this.lotsOf(visit, next);
      if (lots > 0n) visit.row.differs('close', `an order for ${lots} lots of instrument ${next}`);
    }
  }

  /** The call's last order there came to nothing, and tries that come to nothing again leave no row. */
  private foundNobody({ account, breach_us }: Call, instrument: number): boolean {
    const last = this.orders.all.findLast(
      (order) => order.account === account && order.instrument === instrument,
    );
    return last?.breach_us === breach_us && last.filled === 0n && last.taken_over === 0n;
  }

  private wasOrdered({ call, row }: Visit, instrument: number): boolean {
    return this.orders.all.some(
      (order) =>
        order.account === call.account && order.instrument === instrument && order.event === row.num('event'),
    );
  }

  private lotsOf({ call, rung, decision, planned }: Visit, instrument: number): bigint {
    const traded = this.books.volume[instrument]! - call.volume[instrument]!;
    return closingLots(this.books, call.account, instrument, rung!, decision, planned, traded);
  }

  private checkLimit(row: Row, visit: Visit, instrument: number, held: bigint): void {
    const { rung } = visit;
    row.check('fill_or_kill', rung!['fill_or_kill'] === true ? 1 : 0);
    if (held === 0n || isBesideBook(visit)) {
      row.check('limit', -1);
      return;
    }
    checkOneOf(row, 'limit', allowedLimits(this.books, row.num('account'), instrument, rung!));
  }

  private checkDecision(row: Row, rung: number, decision: Decision): void {
    row.check('rung', rung);
    for (const [column, value] of Object.entries(decision) as [string, number | bigint][]) {
      row.check(column, value);
    }
  }
}

/** Its lots go to others without the book. */
export function isBesideBook({ decision }: Visit): boolean {
  return decision.taken_over === 1 || decision.auction !== 0;
}

function checkOneOf(row: Row, column: string, allowed: readonly bigint[]): void {
  if (!allowed.some((value) => Number(value) === row.num(column))) row.check(column, allowed[0]!);
}
