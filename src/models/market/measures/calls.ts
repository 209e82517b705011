/** Margin calls: how many, how they ended, and where their time went. */
import { CALL_MET } from '../../../clearing/schema.ts';
import { callLatency } from '../../../stats/cascade/call-latency.ts';
import type { ColumnInfo } from '../../model.ts';
import { positiveMeans } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { int, real } from '../../columns.ts';

const seconds = (name: string, about: string): ColumnInfo => real(name, 's', about);

/** Runs without such calls have none. */
const LATENCIES: readonly ColumnInfo[] = [
  seconds(
    'staleness_s',
    'Mean time from the trade that carried the price through a trigger to the mark that shows it.',
  ),
  seconds('detection_s', 'Mean time from breach to first look.'),
  seconds('answer_s', 'Mean time from first demand to first answer.'),
  seconds('execution_s', 'Mean time from breach to first forced order.'),
  seconds('call_s', 'Mean time from breach to the end of the call.'),
];

export const calls: Measure = {
  columns: [
    int('calls', 'calls', 'Breaches of maintenance margin from the shock on.'),
    int('calls_met', 'calls', 'Of these, healthy again without being closed out.'),
    int('calls_unmet', 'demands', 'Demands whose time ran out unmet.'),
    ...LATENCIES,
  ],
  atEnd(run) {
    const { calls: rows, callCount } = run.venue.house;
    let met = 0;
    let unmet = 0;
    for (let row = run.firstCall; row < callCount; row++) {
      if (rows.outcome[row] === CALL_MET) met++;
      unmet += rows.unmet[row]!;
    }
    const times = (column: Float64Array) => column.subarray(run.firstCall, callCount);
    const latency = callLatency({
      fill_us: times(rows.fill_us),
      breach_us: times(rows.breach_us),
      detected_us: times(rows.detected_us),
      sent_us: times(rows.sent_us),
      answered_us: times(rows.answered_us),
      liquidated_us: times(rows.liquidated_us),
      ended_us: times(rows.ended_us),
    });
    run.set('calls', callCount - run.firstCall);
    run.set('calls_met', met);
    run.set('calls_unmet', unmet);
    run.set('staleness_s', latency.staleness_s);
    run.set('detection_s', latency.detection_s);
    run.set('answer_s', latency.answer_s);
    run.set('execution_s', latency.execution_s);
    run.set('call_s', latency.total_s);
  },
  metrics: (runs) =>
    positiveMeans(
      runs,
      ['calls', 'calls_met', 'calls_unmet', ...LATENCIES.map(({ name }) => name)],
      'there is no such call',
    ),
};
