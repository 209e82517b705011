/** Times as callers give them. */
import { ConfigError } from '../core/errors.ts';
import { duration } from '../core/settings.ts';

/** µs: of a whole number of them, or of a text with a unit, `'45 s'`. Throws ConfigError. */
export function timeOf(time: number | string, name: string): number {
  if (typeof time === 'number') {
    if (Number.isInteger(time) && time >= 0) return time;
    throw new ConfigError(
      [],
      `${name}: needs whole µs from 0 on, or a time with its unit, such as '5 s', got ${time}`,
    );
  }
  const read = duration().safeParse(time);
  if (read.success) return read.data;
  throw new ConfigError([], `${name}: ${read.error.issues[0]!.message}`);
}
