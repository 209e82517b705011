/** Options that say what a run may take, of every command that makes runs. */
import type { Options } from 'yargs';
import { duration } from '../core/settings.ts';
import type { RunLimits } from '../lab/workers/limits.ts';
import { DEFAULT_LIMITS } from '../lab/workers/limits.ts';
import { UsageError } from './usage-error.ts';

export const limitOptions = {
  'run-timeout': {
    type: 'string',
    describe: `Longest time that a run may take, such as 30s (default: ${DEFAULT_LIMITS.timeout_s} s); then it is lost`,
  },
  'run-memory': {
    type: 'number',
    describe: `Most memory that a run may take, MB (default: ${DEFAULT_LIMITS.memory_mb}); then it is lost`,
  },
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
    ...(memory_mb === undefined ? {} : { memory_mb: checkedMemory(memory_mb) }),
  };
}

/** What starting a thread takes must not be taken for a run's. */
const LEAST_MB = 256;

/** With a unit, or a number of seconds. */
function secondsOf(written: string): number {
  const text = /^\d+(\.\d+)?$/.test(written) ? `${written} s` : written;
  const time = duration({ positive: true }).safeParse(text);
  if (!time.success)
    throw new UsageError(`--run-timeout ${written}: needs a time longer than 0, such as 30s`);
  return time.data / 1e6;
}

function checkedMemory(megabytes: number): number {
  if (Number.isInteger(megabytes) && megabytes >= LEAST_MB && megabytes <= 1e6) return megabytes;
  throw new UsageError(`--run-memory: needs a whole number of MB from ${LEAST_MB} to 1000000`);
}
