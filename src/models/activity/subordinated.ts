/**
 * Returns whose variance is everybody's activity, e^X with X Gaussian of variance v: r = e^(X/2)·Z.
 *
 *   excess kurtosis   3e^v − 3
 *   corr(|r₀|, |r_t|) = (2/π)(e^(vρ/4) − 1) / (e^(v/4) − 2/π),   ρ: mean of e^(−t/Tᵢ) over equal Ornstein–Uhlenbeck parts
 */
import { exp, expm1 } from '../../core/maths.ts';

const TWO_OVER_PI = 0.6366197723675814;

/** Times in one unit. Throws RangeError unless v ≥ 0, the lag ≥ 0 and all times are above 0. */
export function subordinatedVolatility(
  logVariance: number,
  relaxation: readonly number[],
  lag: number,
): { readonly excessKurtosis: number; readonly absReturnAutocorrelation: number } {
  if (!(logVariance >= 0 && logVariance < Infinity))
    throw new RangeError(`the variance ${logVariance} must not be negative`);
  if (!(lag >= 0)) throw new RangeError(`the lag ${lag} must not be negative`);
  if (relaxation.length === 0 || relaxation.some((time) => !(time > 0)))
    throw new RangeError('needs relaxation times above 0');
  const rho = relaxation.reduce((sum, time) => sum + exp(-lag / time), 0) / relaxation.length;
  const v = logVariance;
  return {
    excessKurtosis: 3 * expm1(v),
    absReturnAutocorrelation:
      lag === 0 ? 1 : (TWO_OVER_PI * expm1((v * rho) / 4)) / (exp(v / 4) - TWO_OVER_PI),
  };
}
