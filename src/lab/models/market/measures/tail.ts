/** How the sizes of cascades are distributed: their survival curves, and the generalised Poisson law fitted to them. */
import { survivalBand, survivalCurve } from '../../../../stats/survival.ts';
import type { SurvivalPoint } from '../../../../stats/survival.ts';
import { fitGeneralisedPoisson, goodnessOfFit } from '../../../../stats/tail-fit.ts';
import type { GoodnessOfFit } from '../../../../stats/tail-fit.ts';
import type { Measure } from '../measure.ts';

/** Sizes at which the curves are reported. */
const ACCOUNTS = [1, 10, 30, 100, 300, 1000, 3000] as const;
const SHARES = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;

/** Sizes drawn for the test of a fit: with many runs fewer batches, or results would take longer than runs. */
const MOST_DRAWS = 200_000;

/** P(size >= at), pointwise interval, and the band that holds everywhere at once. */
export type CurvePoint = SurvivalPoint & { readonly band_low: number; readonly band_high: number };

export type TailDetails = {
  readonly survival: {
    readonly accounts: readonly CurvePoint[];
    /** Notional over open interest. */
    readonly share: readonly CurvePoint[];
  };
  readonly tail_goodness: GoodnessOfFit;
};

export const tail: Measure = {
  columns: [],
  metrics(runs) {
    const { theta, m } = fitGeneralisedPoisson(runs['accounts']!);
    return { tail_theta: theta, tail_m: m };
  },
  details: (runs): TailDetails => ({
    survival: {
      accounts: curve(runs['accounts']!, ACCOUNTS),
      share: curve(runs['share']!, SHARES),
    },
    tail_goodness: goodnessOfFit(runs['accounts']!, {
      seed: 'tail',
      resamples: Math.max(39, Math.min(199, Math.floor(MOST_DRAWS / runs['accounts']!.length))),
    }),
  }),
};

function curve(sizes: Float64Array, at: readonly number[]): CurvePoint[] {
  const band = survivalBand(sizes, at);
  return survivalCurve(sizes, at).map((point, i) => ({
    ...point,
    band_low: band[i]!.low,
    band_high: band[i]!.high,
  }));
}
