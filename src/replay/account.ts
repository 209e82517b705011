/** One account: how it stands, and its calls, forced orders and losses so far. */
import { CALL_OUTCOMES, FIRST_TRADER } from '../clearing/schema.ts';
import type { Ledger } from '../clearing/ledger/ledger.ts';
import { registeredAt } from '../sim/scenario/scenario.ts';
import type { Venue } from '../sim/venue/venue.ts';
import { healthOf } from './moment.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** An account at a venue, at a moment. */
export interface AccountView {
  readonly account: number;
  /** Name of its group; '' for the venue's own accounts. */
  readonly group: string;
  /** Number within the group. */
  readonly member: number;
  readonly positions: readonly PositionView[];
  /** Units of money. */
  readonly equity: number;
  readonly maintenance: number;
  readonly reserve: number;
  /** Equity over maintenance requirement; Infinity without a position. */
  readonly health: number;
  /** Notional over equity; 0 without a position, Infinity where no equity is left. */
  readonly leverage: number;
  /** 0: healthy; else 1 + number of the rung that acts next. */
  readonly stage: number;
  readonly calls: readonly CallView[];
  readonly orders: readonly ForcedOrderView[];
}

/** A position of an account. */
export interface PositionView {
  readonly instrument: number;
  readonly lots: number;
  /** Mean price of its lots, ticks. */
  readonly entry: number;
  readonly mark: number;
  /** Mark at which it is looked at next, ticks; 0: none. */
  readonly trigger: number;
  /** Units of money. */
  readonly notional: number;
  readonly profit: number;
}

/** An episode of distress: from a breach of the requirement to its end. */
export interface CallView {
  readonly row: number;
  readonly instrument: number;
  /** Forced order that caused it; −1: ordinary flow. And whose that was; −1. */
  readonly parent: number;
  readonly culprit: number;
  readonly generation: number;
  readonly outcome: (typeof CALL_OUTCOMES)[number];
  /** Seconds; NaN: it did not happen. */
  readonly breach_s: number;
  readonly sent_s: number;
  readonly answered_s: number;
  readonly failed_s: number;
  readonly liquidated_s: number;
  readonly ended_s: number;
  readonly topped_up: number;
  readonly mark: number;
}

/** An order of the liquidation engine. */
export interface ForcedOrderView {
  readonly row: number;
  readonly call: number;
  readonly instrument: number;
  readonly time_s: number;
  readonly lots: number;
  readonly filled: number;
  /** Units of money. */
  readonly notional: number;
  readonly fee: number;
  /** Mean price of its trades, ticks; NaN without one. */
  readonly price: number;
}

/** Throws RangeError where there is no such account. */
export function accountView(view: View, account: number): AccountView {
  const { venue } = view;
  const { ledger, house, tables } = venue;
  const accounts = tables.accounts.quote.length;
  if (!Number.isInteger(account) || account < 0 || account >= accounts)
    throw new RangeError(`there is no account ${account}: they are 0 to ${accounts - 1}`);
  const money = (quanta: number): number => moneyOf(view, quanta);
  const positions: PositionView[] = [];
  let notional = 0;
  for (let i = 0; i < ledger.instruments; i++) {
    const lots = ledger.position(account, i);
    if (lots === 0) continue;
    const mark = ledger.marks[i]!;
    const profit = ledger.profit(account, i);
    const value = ledger.notional(account, i);
    notional += value;
    positions.push({
      instrument: i,
      lots,
      entry: mark - ledger.contracts.move(i, lots, mark, profit),
      mark,
      trigger: triggerOf(venue, account, i),
      notional: money(value),
      profit: money(profit),
    });
  }
  const equity = ledger.equity(account);
  return {
    account,
    ...groupOf(view, account),
    positions,
    equity: money(equity),
    maintenance: money(house.requirement.maintenance(account)),
    reserve: money(ledger.reserve(account)),
    health: healthOf(venue, account),
    leverage: notional === 0 ? 0 : equity > 0 ? notional / equity : Infinity,
    stage: tables.accounts.stage[account]!,
    calls: callsOf(view, account),
    orders: ordersOf(view, account),
  };
}

/** The accounts that hold most now, by value of their positions, the largest first. */
export function largestAccounts({ venue }: View, count: number): number[] {
  const { ledger, tables } = venue;
  const { margined } = tables.accounts;
  const held: { readonly account: number; readonly value: number }[] = [];
  for (let account = FIRST_TRADER; account < margined.length; account++) {
    if (margined[account] === 0) continue;
    let value = 0;
    for (let i = 0; i < ledger.instruments; i++) value += ledger.notional(account, i);
    if (value > 0) held.push({ account, value });
  }
  held.sort((a, b) => b.value - a.value || a.account - b.account);
  return held.slice(0, count).map(({ account }) => account);
}

function groupOf(
  { simulation, venue }: View,
  account: number,
): { readonly group: string; readonly member: number } {
  const { groups } = simulation.scenario;
  const { firstAccounts } = simulation.layout.places;
  const at = groups.findIndex((group, i) => {
    const member = account - firstAccounts[i]!;
    return member >= 0 && member < group.count && registeredAt(group).includes(venue.number);
  });
  if (at < 0) return { group: '', member: account };
  return { group: groups[at]!.name, member: account - firstAccounts[at]! };
}

function triggerOf({ house, ledger }: Venue, account: number, instrument: number): number {
  const { triggers } = house;
  const node = triggers.nodeOf(account, instrument);
  if (!triggers.ladder.isLinked(node)) return 0;
  const key = triggers.ladder.keyOf(node);
  return ledger.position(account, instrument) > 0 ? key : ~key;
}

function callsOf(view: View, account: number): CallView[] {
  const { calls: rows, liquidations, callCount } = view.venue.house;
  const found: CallView[] = [];
  for (let row = 0; row < callCount; row++) {
    if (rows.account[row] !== account) continue;
    const parent = rows.parent[row]!;
    found.push({
      row,
      instrument: rows.instrument[row]!,
      parent,
      culprit: parent < 0 ? -1 : liquidations.account[parent]!,
      generation: rows.generation[row]!,
      outcome: CALL_OUTCOMES[rows.outcome[row]!]!,
      breach_s: seconds(rows.breach_us[row]!),
      sent_s: seconds(rows.sent_us[row]!),
      answered_s: seconds(rows.answered_us[row]!),
      failed_s: seconds(rows.failed_us[row]!),
      liquidated_s: seconds(rows.liquidated_us[row]!),
      ended_s: seconds(rows.ended_us[row]!),
      topped_up: moneyOf(view, rows.topped_up[row]!),
      mark: rows.mark[row]!,
    });
  }
  return found;
}

function ordersOf(view: View, account: number): ForcedOrderView[] {
  const { house, ledger } = view.venue;
  const { liquidations: rows, liquidationCount } = house;
  const found: ForcedOrderView[] = [];
  for (let row = 0; row < liquidationCount; row++) {
    if (rows.account[row] !== account) continue;
    const filled = Math.abs(rows.filled[row]!);
    const instrument = rows.instrument[row]!;
    found.push({
      row,
      call: rows.call[row]!,
      instrument,
      time_s: rows.time_us[row]! / 1e6,
      lots: rows.lots[row]!,
      filled,
      notional: moneyOf(view, rows.notional[row]!),
      fee: moneyOf(view, rows.fee[row]!),
      price: filled === 0 ? NaN : meanPrice(ledger, instrument, filled, rows.mark[row]!, rows.notional[row]!),
    });
  }
  return found;
}

/** Mean price (ticks) at which lots (unsigned) traded for so many quanta; `near`: a price to count from, ticks. */
function meanPrice(
  { contracts }: Ledger,
  instrument: number,
  lots: number,
  near: number,
  quanta: number,
): number {
  return near + contracts.move(instrument, lots, near, quanta - contracts.notional(instrument, lots, near));
}

/** µs as seconds; −1 and 0 are "not yet, or never". */
function seconds(time_us: number): number {
  return time_us > 0 ? time_us / 1e6 : NaN;
}
