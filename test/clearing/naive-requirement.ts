// The requirements of the margin rules written a second time, as plainly as the formula stands in the books, in whole
// numbers that a double holds exactly (rates in parts per million, notionals below 2^33 quanta).
import type { Tier } from '../../src/clearing/margin/tiers.ts';

/** Maintenance margin (quanta) of a notional (quanta) of an instrument. */
export type Requirement = (notional: number, instrument: number) => number;

const ppmOf = (rate: number) => Math.round(rate * 1e6);
const ceilShare = (notional: number, ppm: number) => {
  const product = notional * ppm;
  if (!Number.isSafeInteger(product)) throw new Error(`${notional} × ${ppm} ppm is not exact`);
  const rest = product % 1_000_000;
  return (product - rest) / 1_000_000 + (rest > 0 ? 1 : 0);
};

export function flatRequirement(rate: number): Requirement {
  const ppm = ppmOf(rate);
  return (notional) => ceilShare(notional, ppm);
}

/** N · rate_i − amount_i by the tier whose floor is below N and whose cap is not. */
export function tieredRequirement(table: readonly Tier[], quantaPerUnit: number): Requirement {
  const tiers = table.map(([floor, , rate, , amount]) => ({
    floor: floor * quantaPerUnit,
    ppm: ppmOf(rate),
    amount: amount * quantaPerUnit,
  }));
  return (notional) => {
    let tier = tiers[0]!;
    for (const one of tiers) if (one.floor < notional) tier = one;
    return ceilShare(notional, tier.ppm) - tier.amount;
  };
}

/** The larger of a share that may change (ppm by instrument, 100 % at most) and a fixed one. */
export function flooredRequirement(ppm: (instrument: number) => number, floorPpm: number): Requirement {
  return (notional, instrument) =>
    Math.max(ceilShare(notional, ppm(instrument)), ceilShare(notional, floorPpm));
}
