/**
 * The book-keeping that both methods of splitting share: the running product of the shares that came on, its variance,
 * the events spent, and what a plain run would have cost.
 */
import { exp, expm1, log } from '../../core/maths.ts';
import type { Estimate } from '../estimate.ts';
import { CONFIDENCE, normalBound } from '../estimate.ts';

/** So many of the particles came to a level. */
export interface Step {
  readonly level: number;
  readonly particles: number;
  readonly reached: number;
  /** Events spent on it. */
  readonly events: number;
}

/** One estimate of a probability by splitting. */
export interface SplittingResult {
  /**
   * With its 95 % interval. Unbiased, so where no particle came to the next level it is 0, which counts in a mean like any
   * other; then `high` is an upper bound.
   */
  readonly probability: Estimate;
  /** Events simulated. */
  readonly events: number;
  /** Estimate of the events that a plain run takes until it ends or the event happens. */
  readonly plainEvents: number;
  readonly steps: readonly Step[];
}

export class Tally {
  private readonly particles: number;
  private readonly steps: Step[] = [];
  private product = 1;
  /** Relative variance of the product: Σ (1 − p)/(p·N), with share p of N particles at each step. */
  private variance = 0;
  private events = 0;
  private plainEvents = 0;
  private stepEvents = 0;
  /** The product and its variance before the step at which nobody came on. */
  private extinct: { readonly product: number; readonly variance: number } | undefined;

  constructor(particles: number) {
    this.particles = particles;
  }

  /** A particle has moved on, by so many events: it stands for a share `product`/N of all plain runs. */
  spend(events: number): void {
    this.events += events;
    this.stepEvents += events;
    this.plainEvents += (this.product / this.particles) * events;
  }

  /** `reached` of the particles have come to a level. */
  step(level: number, reached: number): void {
    const { particles } = this;
    this.steps.push({ level, particles, reached, events: this.stepEvents });
    this.stepEvents = 0;
    if (reached === 0) {
      this.extinct = { product: this.product, variance: this.variance };
      this.product = 0;
      return;
    }
    this.product *= reached / particles;
    this.variance += (particles - reached) / (reached * particles);
  }

  result(): SplittingResult {
    const { events, plainEvents, steps } = this;
    return { probability: this.probability(), events, plainEvents, steps };
  }

  /**
   * The product P with a log-normal interval:
   *
   *   low, high = P·exp(v/2 ± z·√v),   v = log(1 + Σ (1 − p)/(p·N))
   *
   * The logarithm of a product of many shares is nearly normal, and as the product has the right mean, its logarithm lies
   * v/2 too low. This v is right where coming on does not depend on how a particle came to the level (a walk that
   * stands on it); where it does, errors of one level are handed down and the interval is too narrow: then take the
   * spread of independent estimates (`replicates.ts`), which assumes nothing. Source: F. Cérou, P. Del Moral, T. Furon, A.
   * Guyader, Statist. Comput. 22 (2012) 795, for the variance and the normal limit.
   */
  private probability(): Estimate {
    const { product } = this;
    if (this.extinct !== undefined) return { value: 0, low: 0, high: this.bound(this.extinct) };
    // All came on at every level: the share at which N of N do so with the probability that the lower side leaves.
    if (product === 1) return { value: 1, low: exp(log((1 - CONFIDENCE) / 2) / this.particles), high: 1 };
    const v = log(1 + this.variance);
    const arm = normalBound(CONFIDENCE) * Math.sqrt(v);
    return {
      value: product,
      low: Math.min(product, product * exp(v / 2 - arm)),
      high: Math.min(1, product * exp(v / 2 + arm)),
    };
  }

  /**
   * Upper bound where none of N came on: an upper bound of the product before, times 1 − α^(1/N), the largest share at
   * which all of N failing has probability α. What may come after is at most certain. α = a quarter of what is left of the
   * confidence: half of it is the upper side's, and half of that goes to each of the two bounds.
   */
  private bound({ product, variance }: { product: number; variance: number }): number {
    const alpha = (1 - CONFIDENCE) / 4;
    const before = product * exp(normalBound(1 - 2 * alpha) * Math.sqrt(log(1 + variance)));
    return Math.min(1, before * -expm1(log(alpha) / this.particles));
  }
}
