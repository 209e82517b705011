/** The gambler's ruin: how likely a random walk with drift comes to a height before it comes to 0. */
import { pow } from '../../core/maths.ts';

/**
 * P(`top` before 0) of a walk from `start`, 0 <= start <= top, whose steps go up by one with probability `up`, else down:
 * (r^start − 1)/(r^top − 1), r = (1 − up)/up; start/top without a drift. Source: W. Feller, An Introduction to Probability
 * Theory, vol. 1, XIV.2.
 */
export function ruinTop(up: number, start: number, top: number): number {
  if (up === 0.5) return start / top;
  const r = (1 - up) / up;
  return (pow(r, start) - 1) / (pow(r, top) - 1);
}
