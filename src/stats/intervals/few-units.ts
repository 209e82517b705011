/**
 * How much wider than a bootstrap's percentiles a 95 % interval of few units must be. Resampling n units sees a variance that is
 * (n − 1)/n of theirs, and takes it for known: Student's quantile over the normal one, times √(n/(n − 1)).
 * Source: T. Hesterberg, The American Statistician 69 (2015) 371, "narrowness bias".
 */
import { normalQuantile, studentQuantile } from '../../core/quantiles.ts';

const UPPER = 0.975;

/** 1 for very many units, 1.6 for five. Of at least two units. */
export function widerFor(units: number): number {
  const degrees = units - 1;
  return (studentQuantile(UPPER, degrees) / normalQuantile(UPPER)) * Math.sqrt(units / degrees);
}
