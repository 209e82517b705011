/** Pearson's correlation of two columns of the same length; NaN where one has no spread. */
import type { Column } from '../estimate.ts';

export function correlation(x: Column, y: Column): number {
  const n = x.length;
  let mx = 0;
  let my = 0;
  for (let i = 0; i < n; i++) {
    mx += x[i]! / n;
    my += y[i]! / n;
  }
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) * (x[i]! - mx);
    yy += (y[i]! - my) * (y[i]! - my);
  }
  return xy / Math.sqrt(xx * yy);
}
