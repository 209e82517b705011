/** A rate that a wrapper compares with: given, or a quantile of the absolute returns of a price history. */
import { quantile as sampleQuantile } from 'simple-statistics';
import { z } from 'zod';
import { factor, fraction } from '../../core/settings.ts';
import { ConfigError } from '../../core/errors.ts';
import { logReturns } from './ewma-variance.ts';

/** Settings of such a rate; `about` says what it is. */
export const referenceSettings = (about: string) =>
  ({
    rate: fraction({ above: 0, below: 1 }).optional().describe(`${about}, as a share of notional.`),
    quantile: fraction({ above: 0, below: 1 })
      .optional()
      .describe('… or: this quantile of absolute returns of the history.'),
    history: z.string().optional().describe('CSV of prices (time, price) for the quantile.'),
  }) as const;

/** Initial margin of the reference rate over its maintenance margin. */
export const referenceFactor = factor({ least: 1 }).default(1.5);

interface Reference {
  readonly rate?: number | undefined;
  readonly quantile?: number | undefined;
  readonly history?: string | undefined;
}

/** Throws ConfigError unless just one of the two is given; `others` names further ways that there are. */
export function referenceRate(
  { rate, quantile, history }: Reference,
  data: (file: string) => unknown,
  others = '',
): number {
  if (rate !== undefined && quantile === undefined && history === undefined) return rate;
  if (rate === undefined && quantile !== undefined && history !== undefined) {
    const returns = logReturns(data(history) as Float64Array);
    return sampleQuantile(
      Array.from(returns, (r) => Math.abs(r)),
      quantile,
    );
  }
  throw new ConfigError(['rate'], `give either rate, or quantile and history${others}`);
}
