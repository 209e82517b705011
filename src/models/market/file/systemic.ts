/**
 * When a run counts as systemic: `liquidated_notional >= 10 % of open_interest within 60 s`. A large fall liquidates many
 * without any cascade; `caused_notional` counts those alone whom the fall itself would have spared, as the twin without
 * liquidations shows, and `caused_drop >= 3 %` the part of the fall that liquidations made. Where forced orders find nobody to
 * trade with, little is liquidated: only the price then tells how bad it was.
 */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import type { Units } from '../../../experiment/quantity.ts';
import { baseOf, needOf } from '../../../experiment/quantity.ts';

const CONDITION =
  /^\s*(liquidated|caused)_(notional|accounts)\s*>=\s*(.+?)(?:\s+of\s+(open_interest|accounts))?\s+within\s+(.+?)\s*$/;

const DROP = /^\s*caused_drop\s*>=\s*(.+?)\s*$/;

const EXAMPLE = 'liquidated_notional >= 10 % of open_interest within 60 s';

export const systemicSchema = z
  .string()
  .regex(new RegExp(`${CONDITION.source}|${DROP.source}`), { error: `needs a condition such as ${EXAMPLE}` })
  .default(EXAMPLE)
  .describe(
    'liquidated_notional (a share of open_interest, or money) or liquidated_accounts (a share of accounts, or a ' +
      'number), reached within a time from the first shock on; caused_notional and caused_accounts: of those who in the ' +
      'twin without liquidations never come to their maintenance margin. Or caused_drop >= 3 %: how much further the price ' +
      'falls than in that twin.',
  );

export interface SystemicCondition {
  readonly metric: 'notional' | 'accounts' | 'drop';
  /** Only what other liquidations made. */
  readonly caused: boolean;
  /** A share if `of` is given, else quanta or a number of accounts. */
  readonly threshold: number;
  readonly of: 'open_interest' | 'accounts' | null;
  /** Infinity: to the end of the run. */
  readonly within_us: number;
  /** As it was written. */
  readonly text: string;
}

/** Throws ConfigError. */
export function readSystemic(text: string, units: Units): SystemicCondition {
  const drop = DROP.exec(text)?.[1];
  if (drop !== undefined) {
    const threshold = partOf('share', drop, units);
    return { metric: 'drop', caused: true, threshold, of: null, within_us: Infinity, text: text.trim() };
  }
  const groups = CONDITION.exec(text)!;
  const [, counted, amount, threshold, share, within] = groups as unknown as string[];
  const metric = amount as SystemicCondition['metric'];
  const of = (share ?? null) as SystemicCondition['of'];
  if (of !== null && of !== (metric === 'notional' ? 'open_interest' : 'accounts')) {
    const other = metric === 'notional' ? 'open_interest' : 'accounts';
    throw new ConfigError([], `needs ${counted}_${metric} as a share of ${other}`);
  }
  const value = partOf(of !== null ? 'share' : metric === 'notional' ? 'money' : 'number', threshold!, units);
  const within_us = Math.round(partOf('duration', within!, units));
  return { metric, caused: counted === 'caused', threshold: value, of, within_us, text: text.trim() };
}

function partOf(kind: 'share' | 'money' | 'number' | 'duration', written: string, units: Units): number {
  try {
    const value = baseOf(kind, written, units).toNumber();
    if (value > 0) return value;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
  throw new ConfigError([], `${needOf(kind, units)} above 0, got ${written}`);
}
