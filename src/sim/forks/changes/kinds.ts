/** Kinds of trader that changes name. */
import { ConfigError } from '../../../core/errors.ts';

/** Throws ConfigError at the setting `kind` unless the population has such traders. */
export function requireKind(kind: string, kinds: readonly string[]): void {
  if (kinds.includes(kind)) return;
  throw new ConfigError(
    ['kind'],
    `there is no group of ${kind} in the population; it has ${kinds.join(', ')}`,
  );
}
