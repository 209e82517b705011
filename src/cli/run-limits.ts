/** Options that say what a run may take, of every command that makes runs. */
import type { Options } from 'yargs';
import { duration } from '../core/settings.ts';
import type { RunLimits } from '../lab/plan/limits.ts';
import { DEFAULT_LIMITS } from '../lab/plan/limits.ts';
import { text, whole } from './options.ts';
import { UsageError } from './usage-error.ts';

/** MB: what starting a thread takes must not be taken for a run's. */
const LEAST_MB = 256;

export const limitOptions = {
  'run-timeout': text(
    'run-timeout',
    `Longest time that a run may take, such as 30s (default: ${DEFAULT_LIMITS.timeout_s} s); then it is lost`,
  ),
  'run-memory': whole(
    'run-memory',
    `Most memory that a run may take, MB (default: ${DEFAULT_LIMITS.memory_mb}); then it is lost`,
    { from: LEAST_MB, to: 1_000_000 },
  ),
} as const satisfies Record<string, Options>;

export interface LimitArguments {
  'run-timeout': string | undefined;
  'run-memory': number | undefined;
}

/** Those that are given. Throws UsageError. */
export function limitsOf({
  'run-timeout': time,
  'run-memory': memory_mb,
}: LimitArguments): Partial<RunLimits> {
  return {
    ...(time === undefined ? {} : { timeout_s: secondsOf(time) }),
    ...(memory_mb === undefined ? {} : { memory_mb }),
  };
}

/** With a unit, or a number of seconds. */
function secondsOf(written: string): number {
  const withUnit = /^\d+(\.\d+)?$/.test(written) ? `${written} s` : written;
  const time = duration({ positive: true }).safeParse(withUnit);
  if (!time.success)
    throw new UsageError(`--run-timeout ${written}: needs a time longer than 0, such as 30s`);
  return time.data / 1e6;
}
