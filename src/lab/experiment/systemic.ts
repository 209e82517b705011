/** When a run counts as systemic: `liquidated_notional >= 10 % of open_interest within 60 s`. */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import type { Units } from './quantity.ts';
import { baseOf, needOf } from './quantity.ts';

const CONDITION =
  /^\s*liquidated_(notional|accounts)\s*>=\s*(.+?)(?:\s+of\s+(open_interest|accounts))?\s+within\s+(.+?)\s*$/;

const EXAMPLE = 'liquidated_notional >= 10 % of open_interest within 60 s';

export const systemicSchema = z
  .string()
  .regex(CONDITION, { error: `needs a condition such as ${EXAMPLE}` })
  .default(EXAMPLE)
  .describe(
    'liquidated_notional (a share of open_interest, or money) or liquidated_accounts (a share of accounts, or a ' +
      'number), reached within a time of the first shock.',
  );

export interface SystemicCondition {
  readonly metric: 'notional' | 'accounts';
  /** A share if `of` is given, else quanta or a number of accounts. */
  readonly threshold: number;
  readonly of: 'open_interest' | 'accounts' | null;
  readonly within_us: number;
  /** As it was written. */
  readonly text: string;
}

/** Throws ConfigError. */
export function readSystemic(text: string, units: Units): SystemicCondition {
  const groups = CONDITION.exec(text)!;
  const metric = groups[1] as SystemicCondition['metric'];
  const of = (groups[3] ?? null) as SystemicCondition['of'];
  const [threshold, within] = [groups[2]!, groups[4]!];
  if (of !== null && of !== (metric === 'notional' ? 'open_interest' : 'accounts')) {
    const other = metric === 'notional' ? 'open_interest' : 'accounts';
    throw new ConfigError([], `needs liquidated_${metric} as a share of ${other}`);
  }
  const value = partOf(of !== null ? 'share' : metric === 'notional' ? 'money' : 'number', threshold, units);
  const within_us = Math.round(partOf('duration', within, units));
  return { metric, threshold: value, of, within_us, text: text.trim() };
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
