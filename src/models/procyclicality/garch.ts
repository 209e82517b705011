/**
 * Prices whose log returns are GARCH(1, 1): r_t = √h_t · z_t, h_{t+1} = ω + α r_t² + β h_t, z standard normal; ω such that
 * the variance of a step is `volatility`² in the long run, where it also begins. Source: Bollerslev 1986.
 */
import { ConfigError } from '../../core/errors.ts';
import { exp } from '../../core/maths.ts';
import { createRng } from '../../core/rng.ts';

export interface GarchSettings {
  readonly alpha: number;
  readonly beta: number;
  /** Standard deviation of the log return of a step, in the long run. */
  readonly volatility: number;
}

/** First price, ticks: fine enough that rounding to a tick is nothing to a return, far from both ends of the price axis. */
const START_TICKS = 10_000_000;
const MOST_TICKS = 0x3fffffff;

/** Fills `prices` (ticks) with a path; the same seed gives the same one. */
export function garchPrices(
  { alpha, beta, volatility }: GarchSettings,
  seed: string,
  prices: Int32Array,
): void {
  const rng = createRng(seed);
  const longRun = volatility * volatility;
  const omega = longRun * (1 - alpha - beta);
  let variance = longRun;
  let level = 0;
  prices[0] = START_TICKS;
  for (let t = 1; t < prices.length; t++) {
    const r = Math.sqrt(variance) * rng.normal();
    variance = omega + alpha * r * r + beta * variance;
    level += r;
    const price = Math.round(START_TICKS * exp(level));
    if (!(price >= 1 && price <= MOST_TICKS)) {
      throw new ConfigError(
        ['procyclicality', 'prices', 'garch', 'volatility'],
        `step ${t}: the price has left 1 … ${MOST_TICKS} ticks; use a lower volatility, or fewer steps`,
      );
    }
    prices[t] = price;
  }
}
