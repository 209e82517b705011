/** How the sizes of cascades are distributed: their survival curves, and the generalised Poisson law fitted to them. */
import { survivalBand, survivalCurve } from '../../../stats/intervals/survival.ts';
import type { SurvivalPoint } from '../../../stats/intervals/survival.ts';
import { fitGeneralisedPoisson, goodnessOfFit } from '../../../stats/intervals/tail-fit.ts';
import type { GoodnessOfFit } from '../../../stats/intervals/tail-fit.ts';
import { withoutInterval } from '../../../stats/estimate.ts';
import type { RunColumns } from '../../model.ts';
import type { Measure } from '../measure.ts';

/** Sizes at which the curves are reported. */
const ACCOUNTS = [1, 10, 30, 100, 300, 1000, 3000] as const;
const SHARES = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;

/** A law is refused where its test gives less: that large, as the test tries to keep a law, and not to show one. */
const REFUSED_BELOW = 0.1;

/** Sizes drawn for the test of a fit: with many runs fewer batches, or results would take longer than runs. */
const MOST_DRAWS = 200_000;

/** P(size >= at), pointwise interval, and the band that holds everywhere at once. */
type CurvePoint = SurvivalPoint & { readonly band_low: number; readonly band_high: number };

export type TailDetails = {
  readonly survival: {
    readonly accounts: readonly CurvePoint[];
    /** Notional over open interest. */
    readonly share: readonly CurvePoint[];
  };
  readonly tail_goodness: GoodnessOfFit;
  /** What the test says of the law. Refused or untested, it has no parameters. */
  readonly tail_law: 'not refused' | 'refused' | 'untested';
};

export const tail: Measure = {
  columns: [],
  metrics(runs) {
    const { theta, m } = fitGeneralisedPoisson(runs['accounts']!);
    const unknown = withoutInterval(NaN);
    return verdictOf(testOf(runs)) === 'not refused'
      ? { tail_theta: theta, tail_m: m }
      : { tail_theta: unknown, tail_m: unknown };
  },
  details: (runs): TailDetails => ({
    survival: {
      accounts: curve(runs['accounts']!, ACCOUNTS),
      share: curve(runs['share']!, SHARES),
    },
    tail_goodness: testOf(runs),
    tail_law: verdictOf(testOf(runs)),
  }),
};

/** Both halves of the results ask for it, and it is drawn from the law hundreds of times. */
const tests = new WeakMap<Float64Array, GoodnessOfFit>();

function testOf(runs: RunColumns): GoodnessOfFit {
  const sizes = runs['accounts']!;
  const known = tests.get(sizes);
  if (known !== undefined) return known;
  const resamples = Math.max(39, Math.min(199, Math.floor(MOST_DRAWS / sizes.length)));
  const found = goodnessOfFit(sizes, { seed: 'tail', resamples });
  tests.set(sizes, found);
  return found;
}

function verdictOf({ p_value }: GoodnessOfFit): TailDetails['tail_law'] {
  if (Number.isNaN(p_value)) return 'untested';
  return p_value < REFUSED_BELOW ? 'refused' : 'not refused';
}

function curve(sizes: Float64Array, at: readonly number[]): CurvePoint[] {
  const band = survivalBand(sizes, at);
  return survivalCurve(sizes, at).map((point, i) => ({
    ...point,
    band_low: band[i]!.low,
    band_high: band[i]!.high,
  }));
}
