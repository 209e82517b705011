/** Episodes of distress, with the times of each of their steps. */
import { CALL_OUTCOMES } from '../../../clearing/schema.ts';
import type { ColumnInfo } from '../../model.ts';
import type { DetailTable } from '../table.ts';
import { int, real, realOrNull, text } from '../../columns.ts';

const moment = (name: string, about: string): ColumnInfo =>
  realOrNull(name, 's', `${about}; null: it did not happen.`);

export const calls: DetailTable = {
  info: {
    name: 'calls',
    about: 'One episode of distress a row, with its times.',
    columns: [
      int('row', '', 'Number of the call within the run.'),
      int('account', '', 'Number of the account.'),
      int('instrument', '', 'Number of the instrument whose mark broke it.'),
      int('parent', '', 'Liquidation that caused it; -1: ordinary flow.'),
      int('generation', '', '1 without a parent, else one more than its.'),
      text('outcome', 'open, met, liquidated or taken over.'),
      int('notices', 'demands', 'Demands sent.'),
      int('unmet', 'demands', 'Of these, not met in time.'),
      real('topped_up', 'money', 'Brought in answer.'),
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
