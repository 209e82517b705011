/** Jumps of Laplace's law. */
import type { Rng } from '../../core/rng.ts';

/** Rate: 1/s at usual activity; size: mean absolute size, relative. */
export interface JumpSpec {
  readonly rate: number;
  readonly size: number;
}

/** Relative jump in a time of so many seconds of usual activity; 0: none. At most one, so the time must be short against 1 / rate. */
export function laplaceJump(rng: Rng, { rate, size }: JumpSpec, elapsed_s: number): number {
  if (!rng.chance(rate * elapsed_s)) return 0;
  const jump = rng.exponential(size);
  return rng.chance(0.5) ? jump : -jump;
}
