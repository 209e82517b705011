/** What a run of the market model records: the dictionary of its tables. */
import type { ColumnInfo, TableInfo } from './model.ts';

const cell: readonly ColumnInfo[] = [
  { name: 'policy', type: 'STRING', unit: '', about: 'Name of the policy.' },
  { name: 'shock', type: 'STRING', unit: '', about: 'The shock.' },
  {
    name: 'run',
    type: 'INT32',
    unit: '',
    about: 'Number of the run; the same number is the same seed everywhere.',
  },
];

const runs: readonly ColumnInfo[] = [
  ...cell,
  {
    name: 'systemic',
    type: 'INT32',
    unit: '0/1',
    about: '1: the predicate systemic_when held after the shock.',
  },
  { name: 'accounts', type: 'INT32', unit: 'accounts', about: 'Accounts liquidated from the shock on.' },
  {
    name: 'roots',
    type: 'INT32',
    unit: 'accounts',
    about: 'Of these, not triggered by another liquidation.',
  },
  {
    name: 'share',
    type: 'DOUBLE',
    unit: 'share',
    about: 'Liquidated notional over open interest at the shock.',
  },
  {
    name: 'peak',
    type: 'DOUBLE',
    unit: 'share, accounts or quanta',
    about: 'Most that systemic_when saw in its window.',
  },
  { name: 'generations', type: 'INT32', unit: '', about: 'Deepest generation of liquidations.' },
  { name: 'largest_tree', type: 'INT32', unit: 'accounts', about: 'Accounts in the largest cascade tree.' },
  {
    name: 'drop',
    type: 'DOUBLE',
    unit: 'share',
    about: 'Fall of the traded price below its level at the shock.',
  },
  { name: 'twin_drop', type: 'DOUBLE', unit: 'share', about: 'The same with the liquidation engine off.' },
  {
    name: 'amplification',
    type: 'DOUBLE',
    unit: '',
    about: 'drop / twin_drop; NaN if the twin does not fall.',
  },
  { name: 'bad_debt', type: 'DOUBLE', unit: 'money', about: 'Losses beyond collateral, whoever paid them.' },
  {
    name: 'insurance_used',
    type: 'DOUBLE',
    unit: 'money',
    about: 'Of the bad debt, paid by the insurance fund.',
  },
  {
    name: 'shared',
    type: 'DOUBLE',
    unit: 'money',
    about: 'Of the bad debt, borne by other accounts: vault, opposite positions, winners, members.',
  },
  { name: 'written_off', type: 'DOUBLE', unit: 'money', about: 'Of the bad debt, paid by nobody.' },
  {
    name: 'surplus',
    type: 'DOUBLE',
    unit: 'money',
    about: 'What takers of positions gained against the mark: the bankruptcy price lay beyond it.',
  },
  {
    name: 'taken_over',
    type: 'DOUBLE',
    unit: 'share',
    about: 'Notional that left accounts without the book (fund, vault, deleveraging), over open interest.',
  },
  {
    name: 'bearers',
    type: 'INT32',
    unit: 'accounts',
    about: 'Traders who paid for liquidations, or whose positions were closed against them.',
  },
  { name: 'fees', type: 'DOUBLE', unit: 'money', about: 'Liquidation fees paid to the insurance fund.' },
  { name: 'calls', type: 'INT32', unit: 'calls', about: 'Breaches of maintenance margin from the shock on.' },
  {
    name: 'calls_met',
    type: 'INT32',
    unit: 'calls',
    about: 'Of these, healthy again without being closed out.',
  },
  { name: 'calls_unmet', type: 'INT32', unit: 'demands', about: 'Demands whose time ran out unmet.' },
  {
    name: 'staleness_s',
    type: 'DOUBLE',
    unit: 's',
    about: 'Mean time from the trade that carried the price through a trigger to the mark that shows it.',
  },
  { name: 'detection_s', type: 'DOUBLE', unit: 's', about: 'Mean time from breach to first look.' },
  { name: 'answer_s', type: 'DOUBLE', unit: 's', about: 'Mean time from first demand to first answer.' },
  { name: 'execution_s', type: 'DOUBLE', unit: 's', about: 'Mean time from breach to first forced order.' },
  { name: 'call_s', type: 'DOUBLE', unit: 's', about: 'Mean time from breach to the end of the call.' },
  { name: 'unfilled', type: 'INT32', unit: 'orders', about: 'Forced orders that the book could not fill.' },
  { name: 'before', type: 'INT32', unit: 'accounts', about: 'Accounts liquidated before the shock.' },
  { name: 'open_interest', type: 'DOUBLE', unit: 'money', about: 'Open interest at the shock, at the mark.' },
  {
    name: 'branching_map',
    type: 'DOUBLE',
    unit: '',
    about: 'Breaking notional over depth within 5 % below the mark.',
  },
  { name: 'events', type: 'DOUBLE', unit: 'events', about: 'Events handled, twin included.' },
  {
    name: 'utilisation',
    type: 'DOUBLE',
    unit: '',
    about: 'Initial margin over equity of margined accounts with positions, just before the shock.',
  },
  {
    name: 'worst_utilisation',
    type: 'DOUBLE',
    unit: '',
    about: 'The same at its highest after it, of samples 1 s apart; infinite where no equity was left.',
  },
  {
    name: 'compression',
    type: 'DOUBLE',
    unit: '',
    about: 'Equity over maintenance margin of these accounts, just before the shock; 1: at the brink.',
  },
  {
    name: 'worst_compression',
    type: 'DOUBLE',
    unit: '',
    about: 'The same at its lowest after it, of samples 1 s apart.',
  },
];

const liquidations: readonly ColumnInfo[] = [
  ...cell,
  { name: 'row', type: 'INT32', unit: '', about: 'Number of the forced order within the run.' },
  {
    name: 'parent',
    type: 'INT32',
    unit: '',
    about: 'Row whose fill carried the price across the trigger; -1: a root.',
  },
  { name: 'root', type: 'INT32', unit: '', about: 'Row at the top of the tree.' },
  { name: 'generation', type: 'INT32', unit: '', about: '1 for a root.' },
  { name: 'account', type: 'INT32', unit: '', about: 'Number of the account.' },
  { name: 'instrument', type: 'INT32', unit: '', about: 'Number of the instrument.' },
  { name: 'time_s', type: 'DOUBLE', unit: 's', about: 'When the order was given.' },
  { name: 'lots', type: 'INT32', unit: 'lots', about: 'Ordered; negative: sold.' },
  { name: 'filled', type: 'INT32', unit: 'lots', about: 'Executed.' },
  { name: 'notional', type: 'DOUBLE', unit: 'money', about: 'Executed.' },
  { name: 'fee', type: 'DOUBLE', unit: 'money', about: 'Liquidation fee.' },
  { name: 'insured', type: 'DOUBLE', unit: 'money', about: 'Loss paid by the insurance fund.' },
  { name: 'shared', type: 'DOUBLE', unit: 'money', about: 'Loss borne by other accounts.' },
  { name: 'written_off', type: 'DOUBLE', unit: 'money', about: 'Loss paid by nobody.' },
];

const losses: readonly ColumnInfo[] = [
  ...cell,
  { name: 'liquidation', type: 'INT32', unit: '', about: 'Row of the forced order that it belongs to.' },
  { name: 'time_s', type: 'DOUBLE', unit: 's', about: 'When it was borne.' },
  { name: 'layer', type: 'STRING', unit: '', about: 'Layer of the waterfall.' },
  { name: 'account', type: 'INT32', unit: '', about: 'Who bore it.' },
  { name: 'borne', type: 'DOUBLE', unit: 'money', about: 'Loss borne; negative: gained by a takeover.' },
  { name: 'lots', type: 'INT32', unit: 'lots', about: 'Signed, taken over; 0: money alone.' },
  { name: 'price', type: 'DOUBLE', unit: 'ticks', about: 'Of the lots taken over; 0 without lots.' },
];

const moment = (name: string, about: string): ColumnInfo => ({
  name,
  type: 'DOUBLE',
  unit: 's',
  about: `${about}; NaN: it did not happen.`,
});

const calls: readonly ColumnInfo[] = [
  ...cell,
  { name: 'row', type: 'INT32', unit: '', about: 'Number of the call within the run.' },
  { name: 'account', type: 'INT32', unit: '', about: 'Number of the account.' },
  { name: 'instrument', type: 'INT32', unit: '', about: 'Number of the instrument whose mark broke it.' },
  { name: 'parent', type: 'INT32', unit: '', about: 'Liquidation that caused it; -1: ordinary flow.' },
  { name: 'generation', type: 'INT32', unit: '', about: '1 without a parent, else one more than its.' },
  { name: 'outcome', type: 'STRING', unit: '', about: 'open, met, liquidated or taken over.' },
  { name: 'notices', type: 'INT32', unit: 'demands', about: 'Demands sent.' },
  { name: 'unmet', type: 'INT32', unit: 'demands', about: 'Of these, not met in time.' },
  { name: 'topped_up', type: 'DOUBLE', unit: 'money', about: 'Brought in answer.' },
  moment('fill_s', 'Trade that carried the price through the trigger'),
  moment('breach_s', 'The mark showed it'),
  moment('detected_s', 'First look of the clearing house'),
  moment('sent_s', 'First demand'),
  moment('answered_s', 'First answer: money, or word that there is none'),
  moment('failed_s', 'First demand that ran out unmet'),
  moment('liquidated_s', 'First forced order'),
  moment('ended_s', 'End of the call'),
];

const map: readonly ColumnInfo[] = [
  ...cell,
  { name: 'instrument', type: 'STRING', unit: '', about: 'Name of the instrument.' },
  { name: 'side', type: 'STRING', unit: '', about: 'below or above the mark.' },
  { name: 'percent', type: 'INT32', unit: '%', about: 'Far edge of a step of 1 % of the mark.' },
  {
    name: 'breaking',
    type: 'DOUBLE',
    unit: 'money',
    about: 'Positions whose trigger lies in the step, at the mark.',
  },
  { name: 'depth', type: 'DOUBLE', unit: 'money', about: 'Orders resting in the step.' },
  { name: 'branching', type: 'DOUBLE', unit: '', about: 'breaking / depth: the local branching ratio.' },
];

export const marketTables: readonly TableInfo[] = [
  { name: 'runs', about: 'One run under one policy and shock a row.', columns: runs },
  { name: 'calls', about: 'One episode of distress a row, with its times.', columns: calls },
  {
    name: 'liquidations',
    about: 'One forced order a row, in time order within a run.',
    columns: liquidations,
  },
  { name: 'losses', about: 'One payer of one loss a row.', columns: losses },
  { name: 'map', about: 'The liquidation map just before the shock.', columns: map },
];
