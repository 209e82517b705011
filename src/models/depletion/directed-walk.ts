/**
 * Exact long-run figures of a price whose moves depend on the direction of the move before: a walk directed by a Markov
 * chain of two states (Cont and de Larrard 2013, section 4.2), with durations that depend on both directions.
 *
 * J = direction of the last move, P = its transition matrix, π = its stationary law; X = ±1 the next move, T its duration.
 * With v = E X / E T (under π) and Y = X − v T, which has mean 0 under π, the price over a long time t is normal with mean
 * v t and variance σ² t,
 *
 *   σ² E T = Σ_i π_i ( E_i[Y²] + 2 Σ_j E_i[Y; J' = j] h_j ),   h = Σ_(n>=0) P^n g,   g_i = E_i[Y]
 *
 * Two states and Σ π_i g_i = 0 give P g = ρ g with ρ = P_uu + P_dd − 1, so h = g / (1 − ρ).
 * Source: R. Serfozo, Basics of Applied Stochastic Processes (2009) 2.12, 2.13; for v = 0 and equal durations it is
 * Cont and de Larrard's p_cont / (1 − p_cont) / E T.
 */
import type { QueueRace } from './queue-race.ts';

/** What follows an up-move, and what follows a down-move. */
export interface DirectedWalk {
  /** Probability that an up-move follows an up-move, a down-move a down-move, and either its like. */
  readonly continue_up: number;
  readonly continue_down: number;
  readonly continue: number;
  /** Mean time between moves. */
  readonly duration: number;
  /** Drift of the price, ticks per unit of time. */
  readonly drift: number;
  /** Variance of the price per unit of time, tick². */
  readonly variance: number;
}

/** Throws an Error when both directions are certain to continue: then the long run depends on the start. */
export function directedWalk(afterUp: QueueRace, afterDown: QueueRace): DirectedWalk {
  const uu = afterUp.up[0];
  const dd = afterDown.down[0];
  const rest = 2 - uu - dd; // 1 − ρ
  if (!(rest > 0)) throw new Error('directedWalk: the price never turns');
  const weights = [(1 - dd) / rest, (1 - uu) / rest];
  const races = [afterUp, afterDown];
  let duration = 0;
  let move = 0;
  races.forEach(({ up, down }, i) => {
    duration += weights[i]! * (up[1] + down[1]);
    move += weights[i]! * (up[0] - down[0]);
  });
  const drift = move / duration;
  const gain = races.map(({ up, down }) => up[0] - down[0] - drift * (up[1] + down[1]));
  let perMove = 0;
  races.forEach(({ up, down }, i) => {
    const square = 1 - 2 * drift * (up[1] - down[1]) + drift * drift * (up[2] + down[2]);
    const later = ((up[0] - drift * up[1]) * gain[0]! + (-down[0] - drift * down[1]) * gain[1]!) / rest;
    perMove += weights[i]! * (square + 2 * later);
  });
  return {
    continue_up: uu,
    continue_down: dd,
    continue: weights[0]! * uu + weights[1]! * dd,
    duration,
    drift,
    variance: perMove / duration,
  };
}

/** The race of queues drawn from a law: the weighted mean of the races (weights need not sum to 1). */
export function mixedRace(
  races: readonly { readonly weight: number; readonly race: QueueRace }[],
): QueueRace {
  const up: [number, number, number] = [0, 0, 0];
  const down: [number, number, number] = [0, 0, 0];
  const total = races.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, race } of races) {
    for (let k = 0; k < 3; k++) {
      up[k]! += (weight / total) * race.up[k]!;
      down[k]! += (weight / total) * race.down[k]!;
    }
  }
  return { up, down };
}
