/**
 * Where the time of a margin call goes, read off its row: from the trade that moved the price to the end of the call.
 * Times in seconds; a part that did not happen in any call is NaN.
 */

/** Times of a run's calls, µs; -1: it did not happen. */
export interface CallTimes {
  readonly fill_us: ArrayLike<number>;
  readonly breach_us: ArrayLike<number>;
  readonly detected_us: ArrayLike<number>;
  readonly sent_us: ArrayLike<number>;
  readonly answered_us: ArrayLike<number>;
  readonly liquidated_us: ArrayLike<number>;
  readonly ended_us: ArrayLike<number>;
}

/** Means over the calls in which both ends of a part happened. */
export interface CallLatency {
  /** From the trade that carried the price through the trigger to the mark that shows it. */
  readonly staleness_s: number;
  /** From the breach to the clearing house's first look. */
  readonly detection_s: number;
  /** From the first demand to the first answer: notice, decision and transfer. */
  readonly answer_s: number;
  /** From the breach to the first forced order: detection, grace and what the rungs before it took. */
  readonly execution_s: number;
  /** From the breach to the end of the call, however it ended. */
  readonly total_s: number;
}

export function callLatency(calls: CallTimes): CallLatency {
  return {
    staleness_s: meanGap(calls.fill_us, calls.breach_us),
    detection_s: meanGap(calls.breach_us, calls.detected_us),
    answer_s: meanGap(calls.sent_us, calls.answered_us),
    execution_s: meanGap(calls.breach_us, calls.liquidated_us),
    total_s: meanGap(calls.breach_us, calls.ended_us),
  };
}

/** A later time before the earlier one belongs to another event (a cause that came after an answer): not counted. */
function meanGap(from: ArrayLike<number>, to: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < from.length; i++) {
    if (from[i]! < 0 || to[i]! < from[i]!) continue;
    sum += to[i]! - from[i]!;
    count++;
  }
  return count === 0 ? NaN : sum / count / 1e6;
}
