/**
 * What happens before the middle of a book of Poisson orders moves for the first time, exactly: Cont, Stoikov, Talreja
 * (2010), solved as finite chains and not by their Laplace transforms.
 *
 * Unit orders. Until one of the two best quotes changes both best queues are independent birth–death chains at the given
 * spread S: an order joins at rate λ, each order cancels at rate θ, and the first one trades at rate μ. The middle moves
 *
 *   up     when the ask queue is empty, or a bid comes inside the spread, at rate Λ
 *   down   when the bid queue is empty, or an ask comes inside the spread, at rate Λ
 *
 * λ = λ(S), θ = θ(S), Λ = λ(1) + … + λ(S − 1) in the paper's rates by distance from the opposite best quote, so that no
 * order comes inside a spread of 1.
 *
 * An order that is kept (never cancelled) is last in its queue of n to begin with, itself included. Of those in front each
 * cancels at θ and the first one trades at μ; those that come later rest behind it and cancel at θ, but can trade only
 * when it has. So its place falls from k to k − 1 at rate μ + (k − 1)θ, and to fill is to fall from 1 to 0. Its side can't
 * be empty before; if nothing rests behind it then, its own fill moves the middle, and counts as before the move.
 *
 * Sources: R. Cont, S. Stoikov, R. Talreja, "A stochastic model for order book dynamics", Operations Research 58 (2010)
 * 549, propositions 3 to 5; for how far a chain may be cut, S. Karlin, H. M. Taylor, A First Course in Stochastic
 * Processes (1975) 4.7.
 */
import type { BandedSystem } from '../depletion/banded.ts';
import { solveBanded } from '../depletion/banded.ts';

/** Per unit of time, each on both sides. */
export interface BookRaceRates {
  /** λ: limit orders that join a best queue. */
  readonly join: number;
  /** θ: cancellations of each order of a best queue. */
  readonly cancel: number;
  /** μ: market orders. */
  readonly market: number;
  /** Λ: limit orders inside the spread. */
  readonly inside: number;
}

/** Queues longer than the chain's end are as unlikely as this, and what they do is lost. */
const NEGLIGIBLE = 1e-13;
/** The longest queue of a chain: two of them make a system of its square, solved in its fourth power of steps. */
const LONGEST = 200;

/** P(the middle moves up first), queues of `bid` and `ask` orders. Throws an Error where a queue may be too long. */
export function upProbability(rates: BookRaceRates, bid: number, ask: number): number {
  const { join, cancel, market, inside } = rates;
  const bids = longest(rates, market, bid);
  const asks = longest(rates, market, ask);
  // (2λ + 2μ + (b + a)θ + 2Λ) u(b, a) = λ (u(b+1, a) + u(b, a+1)) + (μ + bθ) u(b−1, a) + (μ + aθ) u(b, a−1) + Λ,
  // u(b, 0) = 1, u(0, a) = 0; at the ends nobody joins.
  const system = systemOf(bids * asks, asks);
  for (let b = 1; b <= bids; b++) {
    for (let a = 1; a <= asks; a++) {
      const row = (b - 1) * asks + a - 1;
      const at = (2 * asks + 1) * row + asks;
      const moreBids = b < bids ? join : 0;
      const moreAsks = a < asks ? join : 0;
      const lessBids = market + b * cancel;
      const lessAsks = market + a * cancel;
      system.coefficients[at] = moreBids + moreAsks + lessBids + lessAsks + 2 * inside;
      if (b < bids) system.coefficients[at + asks] = -moreBids;
      if (a < asks) system.coefficients[at + 1] = -moreAsks;
      if (b > 1) system.coefficients[at - asks] = -lessBids;
      if (a > 1) system.coefficients[at - 1] = -lessAsks;
      system.right[row] = inside + (a === 1 ? lessAsks : 0);
    }
  }
  return solveBanded(system)[(bid - 1) * asks + ask - 1]!;
}

/**
 * P(an order that is kept, last in the bid queue of `bid` orders, fills before the middle moves). Throws an Error where a
 * queue may be too long.
 */
export function fillProbability(rates: BookRaceRates, bid: number, ask: number): number {
  return fillProbabilities(rates, bid, longest(rates, rates.market, ask))[bid]![ask]!;
}

/**
 * P(two orders that are kept, the last in the bid queue of `bid` and in the ask queue of `ask` orders, both fill before
 * the middle moves). Throws an Error where a queue may be too long.
 */
export function makeSpreadProbability(rates: BookRaceRates, bid: number, ask: number): number {
  return bothAfter(rates, bid, ask) + bothAfter(rates, ask, bid);
}

/**
 * F(k, m) for k = 0 … place, m = 0 … longest: P(the order at place k of its queue fills before the middle moves), m orders
 * in the other queue.
 *
 *   (λ + μ + mθ + D + 2Λ) F(k, m) = λ F(k, m+1) + (μ + mθ) F(k, m−1) + D F(k−1, m),   D = μ + (k − 1)θ
 *   F(0, m) = 1,   F(k, 0) = 0 for k > 0; at the end nobody joins
 */
function fillProbabilities(rates: BookRaceRates, place: number, end: number): Float64Array[] {
  const { join, cancel, market, inside } = rates;
  const found: Float64Array[] = [new Float64Array(end + 1).fill(1)];
  for (let k = 1; k <= place; k++) {
    const forward = market + (k - 1) * cancel;
    const system = systemOf(end + 1, 1);
    system.coefficients[1] = 1; // F(k, 0) = 0
    for (let m = 1; m <= end; m++) {
      const more = m < end ? join : 0;
      const less = market + m * cancel;
      birthDeathRow(system, m, more, less, forward + 2 * inside);
      system.right[m] = forward * found[k - 1]![m]!;
    }
    found.push(solveBanded(system));
  }
  return found;
}

/**
 * P(both fill, and the one in the queue of `first` orders before the one in the queue of `second`): G(first, second, 0),
 * where G(i, k, m) has them at places i and k and m orders behind the first one.
 *
 *   (λ + mθ + D(i) + D(k) + 2Λ) G(i, k, m)
 *       = λ G(i, k, m+1) + mθ G(i, k, m−1) + D(i) G(i−1, k, m) + D(k) G(i, k−1, m),   D(k) = μ + (k − 1)θ
 *   G(0, k, m) = F(k, m): m orders are what is left of the first queue;   G(i, 0, m) = 0: the second filled first
 */
function bothAfter(rates: BookRaceRates, first: number, second: number): number {
  const { join, cancel, market, inside } = rates;
  // Behind an order nothing trades: that queue is the longer one.
  const end = longest(rates, 0, 1);
  const forward = (place: number): number => market + (place - 1) * cancel;
  let before = fillProbabilities(rates, second, end); // G(i − 1, ·, ·)
  for (let i = 1; i <= first; i++) {
    const now: Float64Array[] = [new Float64Array(end + 1)];
    for (let k = 1; k <= second; k++) {
      const system = systemOf(end + 1, 1);
      for (let m = 0; m <= end; m++) {
        birthDeathRow(system, m, m < end ? join : 0, m * cancel, forward(i) + forward(k) + 2 * inside);
        system.right[m] = forward(i) * before[k]![m]! + forward(k) * now[k - 1]![m]!;
      }
      now.push(solveBanded(system));
    }
    before = now;
  }
  return before[second]![0]!;
}

function systemOf(unknowns: number, width: number): BandedSystem {
  return {
    coefficients: new Float64Array(unknowns * (2 * width + 1)),
    width,
    right: new Float64Array(unknowns),
  };
}

/** Row m of a tridiagonal system: m + 1 at rate `more`, m − 1 at rate `less`, away from all of them at rate `away`. */
function birthDeathRow(system: BandedSystem, m: number, more: number, less: number, away: number): void {
  system.coefficients[3 * m + 1] = more + less + away;
  if (m > 0) system.coefficients[3 * m] = -less;
  if (more > 0) system.coefficients[3 * m + 2] = -more;
}

/**
 * N so large that a queue of n orders, which each cancel at θ and trade at rate `market`, is empty before it has N orders,
 * but for a negligible probability:
 *
 *   P(N before 0) = S(n)/S(N),   S(n) = Σ_(j<n) Π_(i<=j) d(i)/λ,   d(i) = market + iθ
 *
 * here by the share r(n) of its last term in S(n), r(1) = 1, since the sums themselves overflow.
 */
function longest({ join, cancel }: BookRaceRates, market: number, n: number): number {
  if (join === 0) return n;
  let share = 1;
  let reached = 1;
  for (let end = 1; end <= LONGEST; end++) {
    if (end >= n && reached < NEGLIGIBLE) return end;
    const growth = (share * (market + end * cancel)) / join; // S(end + 1)/S(end) − 1
    if (end >= n) reached /= 1 + growth;
    share = growth / (1 + growth);
  }
  throw new Error(`book race: a queue of ${n} may reach ${LONGEST} orders, more than its chain can hold`);
}
