/** What happened in order: calls, answers, forced orders, losses and takeovers, from the tables that the run left. */
import { AUCTION, CALL_MET, CALL_TAKEN_OVER } from '../clearing/schema.ts';
import { bearerName } from './bearers.ts';
import type { PriceOf } from './prices.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** What happens at one moment happens in this order. */
const KINDS = ['shock', 'called', 'answered', 'unmet', 'forced', 'taken', 'loss', 'ended'] as const;
export type EntryKind = (typeof KINDS)[number];

/** One line of the log. */
export interface Entry {
  readonly time_us: number;
  readonly kind: EntryKind;
  /** −1: nobody's. */
  readonly account: number;
  /** Row of its call; −1: none. */
  readonly call: number;
  /** Row of its forced order; −1: none. */
  readonly liquidation: number;
  /** Units of money that it was about. */
  readonly money: number;
  readonly text: string;
}

/** Of a whole run, at its end, in order of time. `price`: prices as people read them. */
export function logOf(view: View, price: PriceOf): Entry[] {
  const entries = [...shocks(view), ...calls(view, price), ...forcedOrders(view), ...losses(view)];
  return entries
    .map((entry, place) => ({ entry, place }))
    .sort(
      (a, b) =>
        a.entry.time_us - b.entry.time_us ||
        KINDS.indexOf(a.entry.kind) - KINDS.indexOf(b.entry.kind) ||
        a.place - b.place,
    )
    .map(({ entry }) => entry);
}

function shocks({ simulation }: View): Entry[] {
  return simulation.scenario.shocks.map(({ at_us }) => ({
    time_us: at_us,
    kind: 'shock',
    account: -1,
    call: -1,
    liquidation: -1,
    money: 0,
    text: 'the shock begins',
  }));
}

function calls(view: View, price: PriceOf): Entry[] {
  const { house, tables } = view.venue;
  const rows = house.calls;
  const entries: Entry[] = [];
  const cause = (row: number): string => {
    const parent = rows.parent[row]!;
    if (parent < 0) return 'ordinary flow';
    return `the liquidation of account ${tables.liquidations.account[parent]!}`;
  };
  for (let row = 0; row < house.callCount; row++) {
    const account = rows.account[row]!;
    const add = (time_us: number, kind: EntryKind, text: string, money = 0): void => {
      if (time_us >= 0) entries.push({ time_us, kind, account, call: row, liquidation: -1, money, text });
    };
    add(
      rows.breach_us[row]!,
      'called',
      `account ${account} breaks at a mark of ${price(rows.mark[row]!, rows.instrument[row]!)}, through ${cause(row)}`,
    );
    add(rows.sent_us[row]!, 'called', `account ${account} is sent a margin call`);
    const brought = moneyOf(view, rows.topped_up[row]!);
    const answer = brought > 0 ? 'brings money' : 'brings nothing';
    add(rows.answered_us[row]!, 'answered', `account ${account} ${answer}`, brought);
    add(rows.failed_us[row]!, 'unmet', `account ${account} has not met its call in time`);
    if (rows.ended_us[row]! > 0)
      add(rows.ended_us[row]!, 'ended', `account ${account} ${outcome(rows.outcome[row]!)}`);
  }
  return entries;
}

function outcome(code: number): string {
  if (code === CALL_MET) return 'is healthy again';
  return code === CALL_TAKEN_OVER ? 'is closed; others took the last of it over' : 'is closed';
}

function forcedOrders(view: View): Entry[] {
  const { liquidations: rows, liquidationCount } = view.venue.house;
  const entries: Entry[] = [];
  for (let row = 0; row < liquidationCount; row++) {
    const account = rows.account[row]!;
    const lots = rows.lots[row]!;
    const money = moneyOf(view, rows.notional[row]!);
    const filled = rows.filled[row]!;
    entries.push({
      time_us: rows.time_us[row]!,
      kind: 'forced',
      account,
      call: rows.call[row]!,
      liquidation: row,
      money,
      text:
        `forced order: account ${account} ${lots < 0 ? 'sells' : 'buys'} ${Math.abs(lots)} lots, ${Math.abs(filled)} of them trade ` +
        `(generation ${rows.generation[row]!})`,
    });
  }
  return entries;
}

function losses(view: View): Entry[] {
  const { log, count } = view.venue.house.losses;
  const entries: Entry[] = [];
  for (let row = 0; row < count; row++) {
    const bearer = log.account[row]!;
    const name = bearerName(bearer);
    const money = moneyOf(view, log.quanta[row]!);
    const lots = log.lots[row]!;
    const what = log.layer[row] === AUCTION ? 'wins the auction of' : 'takes over';
    entries.push({
      time_us: log.time_us[row]!,
      kind: lots === 0 ? 'loss' : 'taken',
      account: bearer,
      call: -1,
      liquidation: log.liquidation[row]!,
      money,
      text: lots === 0 ? `a loss is borne by ${name}` : `${name} ${what} ${Math.abs(lots)} lots`,
    });
  }
  return entries;
}
