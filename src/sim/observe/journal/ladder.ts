/** Taps on the clearing house: every step of an account on the call ladder, with what was seen and decided. */
import type { Decision } from '../../../clearing/calls/rungs/rung.ts';
import { newDecision } from '../../../clearing/calls/rungs/rung.ts';
import { anyPrice } from '../../../market/book.ts';
import { FILL_OR_KILL } from '../../../market/reports.ts';
import type { Journal, JournalRow } from './journal.ts';
import { tap } from './tap.ts';

/** Of a visit that finds the account healthy again. */
const NOTHING = newDecision();

/** Returns what is noted of forced orders while they are placed, by row; the rest of their rows is known at the end. */
export function tapLadder(journal: Journal): ReadonlyMap<number, JournalRow> {
  tapCalls(journal);
  tapVisits(journal);
  return tapOrders(journal);
}

function tapCalls(journal: Journal): void {
  const { house, breaches } = journal.venue;
  const { calls } = house;
  const step = (action: string, account: number, more: JournalRow): void => {
    const call = house.ledger.accounts.call[account]! - 1;
    const none = { instrument: -1, fill: -1, parent: -1, quanta: 0, due_us: -1, outcome: -1 };
    journal.write('audit_steps', { ...journal.stamp(), action, account, call, ...none, ...more });
  };
  tap(house, 'openCall', (open) => (time, account, instrument, origin) => {
    const { fill, parent } = origin;
    const row = open(time, account, instrument, origin);
    step('opened', account, { instrument, fill, parent });
    return row;
  });
  tap(house, 'deepen', (deepen) => (account, origin) => {
    const { fill, parent } = origin;
    deepen(account, origin);
    step('deepened', account, { fill, parent });
  });
  tap(breaches, 'look', (look) => (account, time) => {
    look(account, time);
    step('look', account, { due_us: time });
  });
  tap(house, 'answered', (answered) => (time, account, quanta) => {
    if (house.inDistress(account)) step('answered', account, { quanta });
    answered(time, account, quanta);
  });
  tap(house, 'closeCall', (close) => (time, account, outcome) => {
    step('ended', account, {
      instrument: calls.instrument[house.ledger.accounts.call[account]! - 1]!,
      outcome,
    });
    close(time, account, outcome);
  });
}

/** What the decision's numbers are called in the journal. */
function decisionRow(decision: Readonly<Decision>): JournalRow {
  const flag = (value: boolean) => (value ? 1 : 0);
  return {
    demand: decision.demand,
    warned: flag(decision.warn),
    pull: decision.pull,
    restricted: flag(decision.restrict),
    cancelled: flag(decision.cancel),
    close: decision.close,
    close_ppm: decision.close_ppm,
    taken_over: flag(decision.take_over),
    auction: decision.auction,
    discount_ppm: decision.discount_ppm,
    uniform: flag(decision.uniform),
    reward_ppm: decision.reward_ppm,
    penalty_ppm: decision.penalty_ppm,
    wait_us: decision.wait_us,
    goes_on: flag(decision.next),
  };
}

function tapVisits(journal: Journal): void {
  const { house, ledger } = journal.venue;
  const { requirement, rules } = house;
  /** Rung that has decided in this visit; -1: none had to. */
  let rung = -1;
  rules.ladder.forEach((one, i) => {
    tap(one, 'visit', (visit) => (distress, decision) => {
      rung = i;
      visit(distress, decision);
    });
  });
  tap(house, 'visit', (visit) => (time, account) => {
    rung = -1;
    const row: JournalRow = {
      ...journal.stamp(),
      account,
      call: ledger.accounts.call[account]! - 1,
      equity: ledger.equity(account),
      maintenance: requirement.maintenance(account),
      initial: requirement.initial(account),
    };
    const distressed = visit(time, account);
    journal.write('audit_visits', {
      ...row,
      distressed: distressed ? 1 : 0,
      rung,
      ...decisionRow(distressed ? house.decision : NOTHING),
    });
    return distressed;
  });
}

function tapOrders(journal: Journal): ReadonlyMap<number, JournalRow> {
  const { house, commands } = journal.venue;
  const placed = new Map<number, JournalRow>();
  tap(house.forced, 'open', (open) => (time, account, instrument, lots) => {
    const row = open(time, account, instrument, lots);
    placed.set(row, { ...journal.stamp(), limit: -1, fill_or_kill: 0 });
    return row;
  });
  tap(commands, 'force', (force) => (order, cause) => {
    const row = placed.get(cause)!;
    row['limit'] = order.price === anyPrice(order.side) ? 0 : order.price;
    row['fill_or_kill'] = order.how === FILL_OR_KILL ? 1 : 0;
    return force(order, cause);
  });
  return placed;
}
