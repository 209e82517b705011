/** What the data say of each parameter, and the draws of plausible markets in the parameters' own units. */
import type { Draw, Posterior } from '../../stats/abc/posterior.ts';
import { PRIOR_SD } from '../../stats/abc/posterior.ts';
import type { Recovered } from '../../stats/abc/recovery.ts';
import { weightedQuantile } from '../../stats/abc/weighted.ts';
import type { Parameter, Point } from '../points/space.ts';
import { pointAt } from '../points/space.ts';

export interface PosteriorDraw {
  readonly weight: number;
  readonly point: Point;
}

export interface ParameterResult extends Parameter {
  readonly median: number;
  /** Central 90 % of the posterior. */
  readonly interval: { readonly low: number; readonly high: number };
  /** Its 16 and 84 % quantiles: one standard deviation of a normal law. */
  readonly below: number;
  readonly above: number;
  /** The posterior’s standard deviation over the prior’s, in the range’s own scale. */
  readonly width: number;
  /** The same and more of known parameters: see stats/abc/recovery.ts. */
  readonly recovered: Recovered;
  readonly verdict: Verdict;
}

type Verdict = 'identified' | 'weakly' | 'not identified';

/** Widths in the recovery below which a parameter counts as identified, and as weakly so. */
const IDENTIFIED = 0.5;
const WEAKLY = 0.85;

function verdictOf({ width }: Recovered): Verdict {
  return width < IDENTIFIED ? 'identified' : width < WEAKLY ? 'weakly' : 'not identified';
}

export function parameterResults(
  space: readonly Parameter[],
  { draws, sd }: Posterior,
  recovered: readonly Recovered[],
): ParameterResult[] {
  const weights = draws.map(({ weight }) => weight);
  return space.map((parameter, d) => {
    const places = draws.map(({ place }) => place[d]!);
    const at = (p: number): number =>
      pointAt([parameter], [weightedQuantile(places, weights, p)])[parameter.path]!;
    return {
      ...parameter,
      median: at(0.5),
      interval: { low: at(0.05), high: at(0.95) },
      below: at(0.16),
      above: at(0.84),
      width: sd[d]! / PRIOR_SD,
      recovered: recovered[d]!,
      verdict: verdictOf(recovered[d]!),
    };
  });
}

export function drawsOf(
  space: readonly Parameter[],
  { draws }: { readonly draws: readonly Draw[] },
): PosteriorDraw[] {
  return draws.map(({ weight, place }) => ({ weight, point: pointAt(space, place) }));
}
