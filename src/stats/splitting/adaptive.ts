/**
 * Adaptive multilevel splitting: N trajectories; again and again those whose highest score is lowest are killed, and as many
 * others are copied in their place, at the moment when they first came above that score. The probability is the product of
 * the shares that stayed,   P = Π (1 − K_j/N) · (share that came to the event).
 *
 * Z_j, the score that kills, is the k-th lowest maximum, and all K_j >= k trajectories that have it or less are killed: with
 * scores that tie, killing just k of them would bias P. If all N tie, P is 0. With that P has the right mean for every
 * N, k and score.
 * Source: C.-E. Bréhier, M. Gazeau, L. Goudenège, T. Lelièvre, M. Rousset, Ann. Appl. Probab. 26 (2016) 3559; the
 * method: F. Cérou, A. Guyader, Stoch. Anal. Appl. 25 (2007) 417.
 *
 * Trajectories are not run to their ends first. A bar rises over the scores that occur, and each trajectory goes on just
 * until it is above: when k of them have ended below, the bar is Z, and all others stand at the very moment from which
 * they would be copied. So a particle takes one saved state, nothing is simulated twice, and nothing beyond the event.
 */
import { invariant } from '../../core/errors.ts';
import type { RunKey } from '../../core/seed.ts';
import { Branches } from './branches.ts';
import type { ForkableProcess } from './process.ts';
import type { SplittingResult } from './tally.ts';
import { Tally } from './tally.ts';

export interface Adaptive {
  /** Scores that are told apart, rising; one between two of them counts as the lower. The last one is the event. */
  readonly levels: readonly number[];
  /** N */
  readonly particles: number;
  /** k: least number killed at a time, 1 … N − 1. 1: the last particle. */
  readonly kill: number;
}

/** One estimate. All luck follows from `key`; slots 0 … N − 1 of the process are used. */
export function adaptive(process: ForkableProcess, key: RunKey, settings: Adaptive): SplittingResult {
  const { levels, particles, kill } = settings;
  invariant(kill >= 1 && kill < particles, 'splitting kills at least one particle, and not all');
  const tally = new Tally(particles);
  const branches = new Branches(key);
  const event = levels.length;
  /** Levels that a particle's highest score has come to. */
  const rank = new Int32Array(particles);
  for (let i = 0; i < particles; i++) {
    process.start(branches.next());
    process.save(i);
    rank[i] = rankOf(process.score, levels);
  }
  for (let bar = lowest(rank, -1); bar < event;) {
    const stuck = raise(process, bar, levels, rank, tally);
    const last = bar === event - 1;
    if (stuck < kill && !last) {
      // Too few ended below it: the bar rises, and they are counted again.
      bar = Math.min(lowest(rank, bar), event - 1);
      continue;
    }
    tally.step(levels[bar]!, particles - stuck);
    if (last || stuck === particles) break;
    replace(process, bar, rank, branches);
    bar = lowest(rank, -1);
  }
  return tally.result();
}

/** Lets all particles at or below the bar go on until they are above, or end. Returns how many ended. */
function raise(
  process: ForkableProcess,
  bar: number,
  levels: readonly number[],
  rank: Int32Array,
  tally: Tally,
): number {
  let stuck = 0;
  for (let i = 0; i < rank.length; i++) {
    if (rank[i]! > bar) continue;
    process.load(i);
    const before = process.events;
    process.advance(levels[bar]!);
    tally.spend(process.events - before);
    process.save(i);
    rank[i] = rankOf(process.score, levels);
    if (rank[i]! <= bar) stuck++;
  }
  return stuck;
}

/** Each particle at or below the bar becomes a copy, with luck of its own, of one drawn from those above. */
function replace(process: ForkableProcess, bar: number, rank: Int32Array, branches: Branches): void {
  const above: number[] = [];
  for (let i = 0; i < rank.length; i++) if (rank[i]! > bar) above.push(i);
  for (let i = 0; i < rank.length; i++) {
    if (rank[i]! > bar) continue;
    const parent = above[branches.below(above.length)]!;
    process.load(parent);
    process.branch(branches.next());
    process.save(i);
    rank[i] = rank[parent]!;
  }
}

/** The lowest rank above one. */
function lowest(rank: Int32Array, above: number): number {
  let least = Infinity;
  for (const one of rank) if (one > above && one < least) least = one;
  return least;
}

/** Levels that a score has come to. */
function rankOf(score: number, levels: readonly number[]): number {
  let rank = 0;
  while (rank < levels.length && score >= levels[rank]!) rank++;
  return rank;
}
