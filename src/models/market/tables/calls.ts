/** Episodes of distress, with the times of each of their steps. */
import { CALL_OUTCOMES } from '../../../clearing/schema.ts';
import type { ColumnInfo } from '../../model.ts';
import type { DetailTable } from '../table.ts';

const moment = (name: string, about: string): ColumnInfo => ({
  name,
  type: 'DOUBLE',
  unit: 's',
  about: `${about}; null: it did not happen.`,
  nullable: true,
});

export const calls: DetailTable = {
  info: {
    name: 'calls',
    about: 'One episode of distress a row, with its times.',
    columns: [
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
    ],
  },
  atEnd(run, add) {
    const { calls: rows, callCount } = run.venue.house;
    for (let row = 0; row < callCount; row++) {
      add([
        row,
        rows.account[row]!,
        rows.instrument[row]!,
        rows.parent[row]!,
        rows.generation[row]!,
        CALL_OUTCOMES[rows.outcome[row]!]!,
        rows.notices[row]!,
        rows.unmet[row]!,
        run.money(rows.topped_up[row]!),
        seconds(rows.fill_us[row]!),
        seconds(rows.breach_us[row]!),
        seconds(rows.detected_us[row]!),
        seconds(rows.sent_us[row]!),
        seconds(rows.answered_us[row]!),
        seconds(rows.failed_us[row]!),
        seconds(rows.liquidated_us[row]!),
        seconds(rows.ended_us[row]!),
      ]);
    }
  },
};

/** Moments that did not come are below 0 in the world. */
function seconds(time_us: number): number {
  return time_us < 0 ? NaN : time_us / 1e6;
}
