/**
 * The highest level of the insurance fund within the last `window`, in the world's columns. Time is cut into sixteenths of
 * the window; each keeps its highest level, so the window in effect is between 1 and 1 1/16 times as long as asked.
 *
 * Between two payments the fund only grows, so looking at it whenever it is to pay misses no peak.
 */
import type { ClearingTables } from '../schema.ts';
import { FUND_PEAKS } from '../schema.ts';

export class FundPeak {
  private readonly slots: Float64Array;
  private readonly quanta: Float64Array;

  constructor(columns: ClearingTables['fund_peaks']) {
    this.slots = columns.slot;
    this.quanta = columns.quanta;
  }

  /** The fund holds `level` quanta at `time` (µs). Returns the highest level within the window (µs). */
  observe(time: number, level: number, window_us: number): number {
    const { slots, quanta } = this;
    const slot = Math.floor(time / (window_us / (FUND_PEAKS - 1))) + 1; // 0: never written
    const row = slot % FUND_PEAKS;
    if (slots[row] !== slot) {
      slots[row] = slot;
      quanta[row] = level;
    } else if (level > quanta[row]!) {
      quanta[row] = level;
    }
    let peak = level;
    for (let i = 0; i < FUND_PEAKS; i++) {
      if (slots[i]! > slot - FUND_PEAKS && slots[i]! > 0 && quanta[i]! > peak) peak = quanta[i]!;
    }
    return peak;
  }
}
