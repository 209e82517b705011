/** Errors as callers are told them: a line that says where, whoever found it. */
import { ConfigError } from '../core/errors.ts';

/** What `work` gives. Its ConfigErrors get their place into the message; options of the command line are settings here. */
export function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const message = error.describe().replace(/^--/, '');
    throw message === error.message ? error : new ConfigError([], message);
  }
}
