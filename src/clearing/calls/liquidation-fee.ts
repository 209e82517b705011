/**
 * The liquidation fee: a share of what a forced order trades, for the insurance fund. It may rise while nobody liquidates:
 *
 *   fee = base while t < grace, then min(base + ⌊t · rise⌋, most)
 *
 * t: time from the breach to the order, s, that of the grace too; rise: ppm a second. All in ppm of the notional.
 * Source: Drift v2, get_liquidation_fee, there in slots; formulas/liquidation-fee.ts, which a test compares.
 */

export interface LiquidationFee {
  readonly base_ppm: number;
  /** 0: it does not rise. */
  readonly rise_ppm: number;
  readonly grace_us: number;
  readonly most_ppm: number;
}

const SECOND_US = 1_000_000;

/** A fee that does not rise. */
export function flatFee(base_ppm: number): LiquidationFee {
  return { base_ppm, rise_ppm: 0, grace_us: 0, most_ppm: base_ppm };
}

/** The fee (ppm) of an order given `elapsed_us` after the breach. */
export function feeAfter(
  { base_ppm, rise_ppm, grace_us, most_ppm }: LiquidationFee,
  elapsed_us: number,
): number {
  if (rise_ppm === 0 || elapsed_us < grace_us) return base_ppm;
  const risen = base_ppm + Math.floor((elapsed_us * rise_ppm) / SECOND_US);
  return risen < most_ppm ? risen : most_ppm;
}
