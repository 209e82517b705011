/** How many orders may rest at once where each leaves by itself: the size of a table that is never full. */

/**
 * Orders that come at `rate` and are each cancelled at `cancelRate`, or trade before that: at most Poisson with mean
 * rate / cancelRate, of which eight standard deviations are never seen.
 */
export function mostOrders(rate: number, cancelRate: number): number {
  const mean = rate / cancelRate;
  return Math.ceil(mean + 8 * Math.sqrt(mean) + 64);
}
