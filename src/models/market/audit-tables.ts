/** The audit journal of a recorded run: the dictionary of its tables. What is in them: src/sim/journal. */
import type { MarketExperiment } from './file/compile.ts';
import { int, real, text } from '../columns.ts';
import type { ColumnInfo, TableInfo } from '../model.ts';

const flag = (name: string, about: string): ColumnInfo => int(name, '0/1', about);
const row = (name: string, about: string): ColumnInfo => int(name, '', about);

const run: readonly ColumnInfo[] = [
  text('policy', 'Name of the policy.'),
  text('shock', 'The shock.'),
  row('run', 'Number of the run.'),
];
const step: readonly ColumnInfo[] = [
  ...run,
  int('seq', '', 'Place among all rows of the run; 0: its opening state.'),
  real('event', '', 'Number of the event that it belongs to.'),
  real('time_us', 'µs', 'When it happened.'),
];
const instrument = row('instrument', 'Number of the instrument.');
const account = row('account', 'Number of the account.');
const call = row('call', 'Row of the call; -1: none.');
const moment = text('moment', 'opening, before the first event; closing, after the last.');

/** The seq of calls and orders is in the rows that opened them, in audit_steps and here. */
const cause: readonly ColumnInfo[] = [
  row('generation', '1: triggered by ordinary flow; else one more than the liquidation that triggered it.'),
  row('parent', 'Forced order whose fill carried the price across the trigger, or -1.'),
];

const fills: readonly ColumnInfo[] = [
  ...step,
  real(
    'fill',
    '',
    'Number of the fill; -1: lots that a layer of the waterfall took over, at the mark; -2: closed on another venue; -3: closed at the end of a contract.',
  ),
  instrument,
  int('price', 'ticks', 'Of the execution.'),
  int('lots', 'lots', 'Executed.'),
  row('buyer', 'Account that bought.'),
  row('seller', 'Account that sold.'),
  row('taker', 'Which of them took; -1: neither.'),
  row('cause', 'Forced order that the taker’s order carries out, or -1.'),
  real(
    'quanta',
    'quanta',
    'What the buyer paid: lots · price · value of a tick and lot; of a coin in its quanta, negative: got.',
  ),
  real('buyer_money', 'quanta', 'The buyer’s money after it.'),
  real('seller_money', 'quanta', 'The seller’s money after it.'),
  int('buyer_lots', 'lots', 'The buyer’s position after it.'),
  int('seller_lots', 'lots', 'The seller’s position after it.'),
];

const cash: readonly ColumnInfo[] = [
  ...step,
  text(
    'reason',
    'trading-fee, elsewhere (cost of closing on another venue), contribution (of a fee, to the fund), liquidation-fee, penalty (of an auction), loss, collateral (sold), coin (bought), reserve, credit, free (pledged).',
  ),
  row('from', 'Account that pays.'),
  text('from_pocket', 'margin: the account; reserve: outside; free: not pledged; credit: a lender’s.'),
  row('to', 'Account that receives.'),
  text('to_pocket', 'The same of the receiver.'),
  real('quanta', 'quanta', 'Moved; negative: the other way.'),
  real('from_money', 'quanta', 'Money in the payer’s account after it.'),
  real('to_money', 'quanta', 'Money in the receiver’s account after it.'),
];

const steps: readonly ColumnInfo[] = [
  ...step,
  text('action', 'opened, deepened (a deeper level), look (the next is due), answered, ended.'),
  account,
  call,
  row('instrument', 'Whose mark or fill opened it; -1: of other steps.'),
  real('fill', '', 'Fill that caused it, or -1.'),
  row('parent', 'Forced order that caused it, or -1.'),
  real('quanta', 'quanta', 'Money brought in answer.'),
  real('due_us', 'µs', 'When the next look is due; -1 of other steps.'),
  row('outcome', 'Of ended: 1 met, 2 liquidated, 3 taken over; else -1.'),
];

const visits: readonly ColumnInfo[] = [
  ...step,
  account,
  call,
  real('equity', 'quanta', 'Equity when looked at.'),
  real('maintenance', 'quanta', 'Maintenance requirement.'),
  real('initial', 'quanta', 'Initial requirement.'),
  flag('distressed', '0: healthy again, the call ends.'),
  row('rung', 'Rung of the ladder that decided, from 0; -1: none, it is above its level.'),
  real('demand', 'quanta', 'Asked of the trader.'),
  flag('warned', 'The trader is warned.'),
  real('pull', 'quanta', 'Taken from the free balance.'),
  flag('restricted', 'May only reduce from now on.'),
  flag('cancelled', 'Its orders are cancelled.'),
  row('close', 'What is closed: 0 nothing, 1 a share, 2 just enough, 3 tiers.'),
  int('close_ppm', 'ppm', 'With 1: share of every position.'),
  flag('taken_over', 'Without the book: to layers of the waterfall.'),
  row(
    'auction',
    'To registered liquidators: 0 no, 1 at a price that all are asked to take, 2 by sealed bids.',
  ),
  int('discount_ppm', 'ppm', 'With 1: distance of that price from the mark.'),
  flag('uniform', 'With 2: all winners pay the worst price that won.'),
  int('reward_ppm', 'ppm', 'Share of the value that the account pays to the winner.'),
  int('penalty_ppm', 'ppm', 'Share of it that it pays to the fund.'),
  real('wait_us', 'µs', 'Until the next look.'),
  flag('goes_on', 'The next rung acts then.'),
];

const orders: readonly ColumnInfo[] = [
  ...step,
  row('row', 'Number of the forced order.'),
  call,
  account,
  instrument,
  ...cause,
  row('root', 'Forced order at the top of the tree.'),
  int('lots', 'lots', 'Ordered; negative: sold.'),
  int('mark', 'ticks', 'When ordered.'),
  int('limit', 'ticks', 'Worst price; 0: any; -1: not for the book.'),
  flag('fill_or_kill', 'All of it at once, or nothing.'),
  int('filled', 'lots', 'Executed in the book, at the end of the run.'),
  int('taken_over', 'lots', 'Taken over without the book.'),
  real('notional', 'quanta', 'Executed.'),
  real('fee', 'quanta', 'Liquidation fee.'),
  real('insured', 'quanta', 'Loss that the insurance fund paid.'),
  real('shared', 'quanta', 'Loss that other accounts bore.'),
  real('written_off', 'quanta', 'Loss that nobody paid.'),
  real('surplus', 'quanta', 'Gained by those who took the position over.'),
];

const moments = ['breach', 'detected', 'sent', 'answered', 'failed', 'liquidated', 'ended'] as const;

const calls: readonly ColumnInfo[] = [
  ...run,
  row('row', 'Number of the call.'),
  account,
  instrument,
  ...cause,
  real('fill', '', 'Fill that caused it, or -1.'),
  int('mark', 'ticks', 'At the breach.'),
  row('outcome', '0 open, 1 met, 2 liquidated, 3 taken over.'),
  int('level_ppm', 'ppm', 'Deepest level that it came to, of the maintenance requirement.'),
  flag('restricted', 'May only reduce.'),
  int('notices', 'demands', 'Sent to the trader.'),
  int('unmet', 'demands', 'Of these, not met in time.'),
  real('topped_up', 'quanta', 'Brought in answer, or taken from the free balance.'),
  ...moments.map((name) => real(`${name}_us`, 'µs', `Time of: ${name}; -1: not yet, or never.`)),
];

const executions: readonly ColumnInfo[] = [
  ...step,
  row('order', 'Forced order that was executed.'),
  int('lots', 'lots', 'Executed this time.'),
  real('quanta', 'quanta', 'Their value, of which the fee is taken.'),
];

const losses: readonly ColumnInfo[] = [
  ...step,
  row('liquidation', 'Forced order that it belongs to.'),
  row('layer', '0 written off, 1 insurance, 2 backstop, 3 adl, 4 haircut, 5 default fund, 100 auction.'),
  row('account', 'Who bore it.'),
  real('quanta', 'quanta', 'Borne; negative: gained.'),
  int('lots', 'lots', 'Signed, taken over; 0: money alone.'),
  real('price', 'ticks', 'Of the lots; 0 without lots.'),
];

const accounts: readonly ColumnInfo[] = [
  ...run,
  moment,
  account,
  flag('margined', 'Must meet requirements.'),
  real('money', 'quanta', 'In the account: paid in, less paid for lots.'),
  row('purse', 'Account whose reserve and free balance it uses: its own, or that of an isolated position.'),
  real('reserve', 'quanta', 'Kept outside.'),
  real('free', 'quanta', 'At the venue, not pledged.'),
  real('borrowed', 'quanta', 'Owed to lenders.'),
  int('leverage_ppm', 'ppm', 'Least initial margin chosen; 0: the rule’s.'),
  row('bids_for', 'Instrument that it is a registered liquidator for; -1: none.'),
];

const asset = row('asset', 'Number of the collateral asset.');

const sales: readonly ColumnInfo[] = [
  ...step,
  account,
  asset,
  int('lots', 'lots', 'Sold to the rest of the world.'),
  real('quanta', 'quanta', 'What they brought, the penalty off.'),
  int('kept', 'lots', 'Of the account after it.'),
];

const offers: readonly ColumnInfo[] = [
  ...step,
  row('row', 'Number of the offer.'),
  account,
  call,
  instrument,
  int('lots', 'lots', 'From the taker’s side: negative ones are bought back by the account.'),
  int('mark', 'ticks', 'When offered.'),
  int('asked', 'ticks', 'Price that all are asked to take; 0: bids are sealed.'),
  int('limit', 'ticks', 'Worst price; 0: any.'),
];

const bids: readonly ColumnInfo[] = [
  ...step,
  row('offer', 'Number of the offer.'),
  row('bidder', 'Account of a liquidator that is registered for the instrument.'),
  int('price', 'ticks', 'Bid, or asked.'),
  int('wanted', 'lots', 'That it would take; 0 of one that is not asked.'),
  int('buying', 'lots', 'In its open orders.'),
  int('selling', 'lots', 'In its open orders.'),
  int('carried', 'lots', 'Of those wanted, that its margin carries and the worst price allows.'),
  int('won', 'lots', 'That it gets.'),
];

const unwinding: readonly ColumnInfo[] = [
  ...step,
  text('action', 'turn: a holder is to close a part; order: its market order.'),
  row('account', 'Fund or vault.'),
  instrument,
  int('lots', 'lots', 'Ordered; negative: sold; 0 of a turn.'),
  row('cause', 'Forced order of which it took lots over last.'),
];

const table = (name: string, about: string, columns: readonly ColumnInfo[]): TableInfo => ({
  name: `audit_${name}`,
  about,
  columns,
});

export const auditTables: readonly TableInfo[] = [
  table('accounts', 'Balances of every account at the beginning and at the end.', accounts),
  table('positions', 'Open positions at the beginning and at the end.', [
    ...run,
    moment,
    account,
    instrument,
    int('lots', 'lots', 'Signed.'),
  ]),
  table('holdings', 'Collateral assets at the beginning and at the end.', [
    ...run,
    moment,
    account,
    asset,
    int('lots', 'lots', 'Held.'),
  ]),
  table(
    'balances',
    'Balances in the coins of contracts that are settled in one, at the beginning and at the end.',
    [
      ...run,
      moment,
      account,
      instrument,
      real('coins', 'coin quanta', 'Held; negative: owed.'),
      flag('margin', 'The account keeps its margin in this coin.'),
    ],
  ),
  table('marks', 'One change of a mark a row.', [...step, instrument, int('mark', 'ticks', 'From now on.')]),
  table('prices', 'One change of a collateral asset’s price a row.', [
    ...step,
    asset,
    int('price', 'ticks', 'From now on.'),
  ]),
  table('terms', 'One number in force of a margin rule with state, a row a change.', [
    ...step,
    instrument,
    row('term', 'Which of its numbers: of the rule, then of each wrapper that has one.'),
    real('value', 'ppm, or lots', 'From now on.'),
  ]),
  table('leverages', 'One choice of a leverage a row.', [
    ...step,
    account,
    int('least_ppm', 'ppm', 'Least initial margin from now on.'),
  ]),
  table('fills', 'One execution a row.', fills),
  table('cash', 'One movement of money that is not for lots a row.', cash),
  table('steps', 'One step of a call a row.', steps),
  table('visits', 'One look at an account on the call ladder a row, with what was decided.', visits),
  table('orders', 'One forced order a row.', orders),
  table('executions', 'One execution of a forced order a row.', executions),
  table('losses', 'One payer of one loss a row.', losses),
  table('sales', 'One forced sale of a collateral asset a row.', sales),
  table('exchanges', 'One exchange of coins for money with the rest of the world, at the mark, a row.', [
    ...step,
    account,
    instrument,
    real('coins', 'coin quanta', 'Bought; negative: sold.'),
    real('quanta', 'quanta', 'Paid for them; negative: got.'),
    real('kept', 'coin quanta', 'Of the account after it.'),
  ]),
  table('offers', 'One offer of a position to registered liquidators a row.', offers),
  table('bids', 'One answer to an offer a row.', bids),
  table('unwinding', 'One step of the unwinding of what fund and vault took over a row.', unwinding),
  table('calls', 'One call a row, as it stands at the end.', calls),
];

const venue: ColumnInfo = text('venue', 'Name of the venue.');

/** With the venue beside the run where there are several. */
export function auditTablesOf({ venues }: MarketExperiment): readonly TableInfo[] {
  if (venues.length === 1) return auditTables;
  return auditTables.map(({ columns, ...info }) => ({
    ...info,
    columns: columns.flatMap((column) => (column.name === 'run' ? [venue, column] : [column])),
  }));
}
