/** How far draws are from the law that they should have, for the tests of random numbers at fixed seeds. */
export const FAIR = 4.5; // standard deviations

/** Chi-square of counts that should be equal, as a standard normal (Wilson and Hilferty, 1931). */
export function unevenness(counts: Int32Array): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const free = counts.length - 1;
  const square = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  return (Math.cbrt(square / free) - (1 - 2 / (9 * free))) / Math.sqrt(2 / (9 * free));
}

/**
 * What `draw` gives, through its distribution function, should be uniform: unevenness over 256 equal bins.
 */
export function misfit(count: number, draw: () => number, cdf: (x: number) => number): number {
  const counts = new Int32Array(256);
  for (let i = 0; i < count; i++) counts[Math.min(255, Math.floor(256 * cdf(draw())))]!++;
  return unevenness(counts);
}

/** Kolmogorov-Smirnov: √n times the largest distance to the distribution function; 1.95 has p = 0.001. */
export function distance(values: Float64Array, cdf: (x: number) => number): number {
  values.sort();
  let most = 0;
  values.forEach((x, i) => {
    const p = cdf(x);
    most = Math.max(most, p - i / values.length, (i + 1) / values.length - p);
  });
  return most * Math.sqrt(values.length);
}

/** Moments 1-4 of `draw` less the true ones, in standard errors. */
export function momentErrors(count: number, draw: () => number, moment: (order: number) => number): number[] {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = draw();
    sums[0]! += x;
    sums[1]! += x * x;
    sums[2]! += x * x * x;
    sums[3]! += x * x * x * x;
  }
  return sums.map((sum, k) => {
    const order = k + 1;
    const sd = Math.sqrt((moment(2 * order) - moment(order) ** 2) / count);
    return (sum / count - moment(order)) / sd;
  });
}
