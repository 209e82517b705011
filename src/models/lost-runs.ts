/**
 * What can be said of a cell that lost runs. A run that came to no end is not missing at random: it may well be the worst of
 * all. So there is no estimate as if it had been like the others. A probability has bounds, from "it happened in none of
 * the lost runs" to "in all of them"; of anything else nothing is known. What the finished runs gave is told apart.
 */
import type { Estimate } from '../stats/estimate.ts';
import { wilson } from '../stats/intervals/proportion.ts';

/** Share of runs in which something happened; with the counts, so that lost runs can be reckoned with. */
export type Share = Estimate & { readonly successes: number; readonly trials: number };

/** Wilson's interval of a share of runs. */
export function shareOf(successes: number, trials: number): Share {
  return { ...wilson(successes, trials), successes, trials };
}

type Plain = Readonly<Record<string, unknown>>;

/** Results (estimates, and groups and lists of them) of a cell of which `lost` runs, at least one, came to no end. */
export function withoutLost<T>(results: T, lost: number): T {
  if (Array.isArray(results)) return results.map((one: unknown) => withoutLost(one, lost)) as T;
  if (typeof results === 'number') return NaN as T;
  if (typeof results !== 'object' || results === null) return results;
  const plain = results as Plain;
  if (!isEstimate(plain)) return mapped(plain, (one) => withoutLost(one, lost)) as T;
  const nested = mapped(plain, (one) => (typeof one === 'object' ? withoutLost(one, lost) : one));
  return { ...nested, ...boundsOf(plain, lost), of_finished: plain.value } as T;
}

function boundsOf(estimate: Plain & Estimate, lost: number): Estimate {
  const { successes, trials } = estimate as Partial<Share>;
  if (successes === undefined || trials === undefined) return { value: NaN, low: NaN, high: NaN };
  const all = trials + lost;
  return { value: NaN, low: wilson(successes, all).low, high: wilson(successes + lost, all).high };
}

function isEstimate(one: Plain): one is Plain & Estimate {
  return 'value' in one && 'low' in one && 'high' in one;
}

function mapped(one: Plain, change: (value: unknown) => unknown): Plain {
  return Object.fromEntries(Object.entries(one).map(([name, value]) => [name, change(value)]));
}
