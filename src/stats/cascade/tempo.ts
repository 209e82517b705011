/**
 * How fast a cascade ran, read off a run's liquidations.
 */
import { peakWithinWindow } from './cascade.ts';
import { forestOf } from './forest.ts';
import type { LiquidationRows } from './forest.ts';

export type Tempo = {
  /** From the first forced order to the last, s; NaN without any. */
  readonly duration_s: number;
  /** Accounts over that time, 1/s; NaN where it is 0. */
  readonly accounts_per_s: number;
  /** Most accounts first liquidated within any second, both ends included. */
  readonly peak_accounts_per_s: number;
  /** Mean time from an account's first order to that of an account which it infected, s; NaN without infections. */
  readonly generation_s: number;
};

const SECOND_US = 1e6;

/** Errors as `forestOf`. */
export function tempoOf(rows: LiquidationRows): Tempo {
  const { first, infector } = forestOf(rows);
  const infected_us = Float64Array.from(first, (row) => rows.time_us[row]!);
  let waited_us = 0;
  let infections = 0;
  for (let k = 0; k < first.length; k++) {
    if (infector[k] === -1) continue;
    waited_us += infected_us[k]! - infected_us[infector[k]!]!;
    infections++;
  }
  const duration_us = rows.time_us.length === 0 ? NaN : rows.time_us.at(-1)! - rows.time_us[0]!;
  return {
    duration_s: duration_us / SECOND_US,
    accounts_per_s: duration_us > 0 ? (first.length / duration_us) * SECOND_US : NaN,
    peak_accounts_per_s: peakWithinWindow(
      infected_us,
      infected_us.map(() => 1),
      SECOND_US,
    ),
    generation_s: infections === 0 ? NaN : waited_us / infections / SECOND_US,
  };
}
