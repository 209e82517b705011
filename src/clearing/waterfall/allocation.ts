/**
 * How a whole is shared out: pure arithmetic on whole numbers (quanta, or lots), without accounts or markets. The parts
 * add up to what is allocated to the last unit; equal claims are told apart by their number, so the same input gives the
 * same parts. Everything is written into arrays that the caller keeps: nothing is allocated on the heap.
 */
import { InvariantError } from '../../core/errors.ts';
import { quotientOf, remainderOf } from '../../core/exact.ts';
import { Ranking } from './ranking.ts';

/** Marks a part that is not decided yet. */
const OPEN = -1;

/** Claims 0 … count − 1 on one whole, and the parts that they get: fixed arrays, for one allocation at a time. */
export class Claims {
  /** Claims in use. */
  count = 0;
  /** Whose claim it is; told apart by position, not by this. */
  readonly account: Int32Array;
  /** What parts are proportional to, or ordered by; at least 0 and at most 2^53 in sum where they are proportional. */
  readonly weight: Float64Array;
  /** Most that a claim may get, whole and at least 0; only in the capped and the ranked form. */
  readonly cap: Float64Array;
  /** The result. */
  readonly part: Float64Array;
  readonly ranking: Ranking;

  constructor(capacity: number) {
    this.account = new Int32Array(capacity);
    this.weight = new Float64Array(capacity);
    this.cap = new Float64Array(capacity);
    this.part = new Float64Array(capacity);
    this.ranking = new Ranking(capacity);
  }

  clear(): void {
    this.count = 0;
  }

  add(account: number, weight: number, cap: number): void {
    if (this.count === this.cap.length) throw new InvariantError('more claims than rows');
    const row = this.count++;
    this.account[row] = account;
    this.weight[row] = weight;
    this.cap[row] = cap;
  }
}

/**
 * In proportion to weights: part = ⌊whole · weight / Σ weights⌋, and the units that rounding leaves go, one each, to the
 * largest remainders (Hamilton's method; equal remainders by position). No part is a whole unit away from its exact
 * share. Returns what was allocated: `whole`, or 0 when all weights are 0.
 */
export function proRata(claims: Claims, whole: number): number {
  claims.part.fill(OPEN, 0, claims.count);
  const total = openWeight(claims);
  const allocated = whole > 0 && total > 0 ? whole : 0;
  if (allocated > 0) share(claims, whole, total);
  closeRest(claims);
  return allocated;
}

/**
 * In proportion to weights, but nobody beyond its cap: who would get more gets its cap, and the rest is shared again
 * among the others, until nobody exceeds (water filling); then by largest remainder. Returns what was allocated: the
 * whole, or the sum of the caps of those with weight, if that is less. Costs a pass a round, at most one round a claim.
 */
export function cappedProRata(claims: Claims, whole: number): number {
  const { count, weight, cap, part } = claims;
  part.fill(OPEN, 0, count);
  let left = whole;
  for (let total = openWeight(claims); total > 0 && left > 0; total = openWeight(claims)) {
    let full = 0;
    let taken = 0;
    for (let i = 0; i < count; i++) {
      if (part[i] !== OPEN || quotientOf(left, weight[i]!, total) < cap[i]!) continue;
      part[i] = cap[i]!;
      taken += cap[i]!;
      full++;
    }
    if (full === 0) {
      share(claims, left, total);
      taken = left; // below every cap, so that a unit more is still allowed
    }
    left -= taken;
  }
  closeRest(claims);
  return whole > 0 ? whole - left : 0;
}

/**
 * By rank: the largest weight first, each up to its cap, until the whole is gone; equal ranks by position. Returns what
 * was allocated. Costs O(n) and O(log n) for each claim that gets something.
 */
export function byRank(claims: Claims, whole: number): number {
  const { count, weight, cap, part, ranking } = claims;
  part.fill(0, 0, count);
  ranking.clear();
  for (let i = 0; i < count; i++) ranking.add(i, weight[i]!);
  let left = whole;
  while (left > 0) {
    const next = ranking.next();
    if (next < 0) break;
    part[next] = left < cap[next]! ? left : cap[next]!;
    left -= part[next];
  }
  return whole > 0 ? whole - left : 0;
}

/**
 * In proportion to weights, every part rounded up but that of claim `keeper`, who bears what is left: the rounding of a
 * venue that pays winners in whole units, rounded down, and gives one of them what remains. Whoever comes when nothing
 * is left bears nothing. Returns what was allocated.
 */
export function proRataRoundedUp(claims: Claims, whole: number, keeper: number): number {
  const { count, weight, part } = claims;
  part.fill(OPEN, 0, count);
  const total = openWeight(claims);
  part.fill(0, 0, count);
  if (whole <= 0 || total <= 0) return 0;
  let left = whole;
  for (let i = 0; i < count; i++) {
    if (i === keeper) continue;
    const floor = quotientOf(whole, weight[i]!, total);
    const up = remainderOf(whole, weight[i]!, total, floor) > 0 ? floor + 1 : floor;
    part[i] = up < left ? up : left;
    left -= part[i]!;
  }
  part[keeper] = left;
  return whole;
}

function openWeight({ count, weight, part }: Claims): number {
  let total = 0;
  for (let i = 0; i < count; i++) if (part[i] === OPEN) total += weight[i]!;
  return total;
}

/** Shares all of `whole` among the open claims, whose weights sum to `total`, by largest remainder. */
function share({ count, weight, part, ranking }: Claims, whole: number, total: number): void {
  ranking.clear();
  let left = whole;
  for (let i = 0; i < count; i++) {
    if (part[i] !== OPEN) continue;
    const floor = quotientOf(whole, weight[i]!, total);
    part[i] = floor;
    left -= floor;
    ranking.add(i, remainderOf(whole, weight[i]!, total, floor));
  }
  for (; left > 0; left--) {
    const next = ranking.next();
    part[next] = part[next]! + 1;
  }
}

function closeRest({ count, part }: Claims): void {
  for (let i = 0; i < count; i++) if (part[i] === OPEN) part[i] = 0;
}
