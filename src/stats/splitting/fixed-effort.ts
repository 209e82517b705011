/**
 * Splitting with fixed effort: the same number N of particles sets out from each level, and the probability is the product
 * of the shares that came to the next,   P = Π n_k / N.
 *
 * A level is entered at first passage, and the state there is what the next N start from: each of the n_k states as often
 * as any other, but for N mod n_k drawn without replacement that start once more. So every state is expected to start
 * N/n_k times, and P has the right mean for every N, whatever the levels and whether scores tie or jump over some.
 * Source: P. Glasserman, P. Heidelberger, P. Shahabuddin, T. Zajic, Oper. Res. 47 (1999) 585; M. J. J. Garvels, thesis,
 * Twente 2000 (fixed effort); P. L'Ecuyer, V. Demers, B. Tuffin, ACM Trans. Model. Comput. Simul. 17 (2007) 9.
 */
import { invariant } from '../../core/errors.ts';
import type { RunKey } from '../../core/seed.ts';
import { Branches } from './branches.ts';
import type { ForkableProcess } from './process.ts';
import type { SplittingResult } from './tally.ts';
import { Tally } from './tally.ts';

export interface FixedEffort {
  /** Of the score, rising; the last one is the event. */
  readonly levels: readonly number[];
  /** N: particles that set out from each level. */
  readonly particles: number;
}

/** One estimate. All luck follows from `key`; slots 0 … 2N − 1 of the process are used. */
export function fixedEffort(process: ForkableProcess, key: RunKey, settings: FixedEffort): SplittingResult {
  const { levels, particles } = settings;
  invariant(particles >= 1 && levels.length >= 1, 'splitting needs a particle and a level');
  const tally = new Tally(particles);
  const branches = new Branches(key);
  const order = new Int32Array(particles);
  let states = 0; // that have entered the level before, in slots `from` on
  let from = 0;
  for (const [k, level] of levels.entries()) {
    const to = particles - from;
    if (k > 0) shuffleFirst(order, states, particles % states, branches);
    let reached = 0;
    for (let i = 0; i < particles; i++) {
      if (k === 0) process.start(branches.next());
      else {
        process.load(from + order[i % states]!);
        process.branch(branches.next());
      }
      const before = process.events;
      process.advance(level);
      tally.spend(process.events - before);
      if (process.score < level) continue;
      if (k < levels.length - 1) process.save(to + reached);
      reached++;
    }
    tally.step(level, reached);
    if (reached === 0) break;
    states = reached;
    from = to;
  }
  return tally.result();
}

/** 0 … n − 1 into `order`, the first `drawn` of them drawn without replacement. */
function shuffleFirst(order: Int32Array, n: number, drawn: number, branches: Branches): void {
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = 0; i < drawn; i++) {
    const j = i + branches.below(n - i);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
