/**
 * The three kinds of error that unwind throws on purpose. Each says where, what, and what would do.
 * Errors of any other class are defects.
 */

/** The user's input is wrong: names the place (a path such as `market.latency.order`), and what would do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Where in the input, from its root: keys and list positions. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }

  /** `policies.flat.margin[2]: message`, for a place without a file. */
  describe(): string {
    const where = formatPath(this.path);
    return where === '' ? this.message : `${where}: ${this.message}`;
  }
}

/** Runs `work`; a ConfigError from inside gets `path` put before its own. */
export function at<T>(path: readonly (string | number)[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError([...path, ...error.path], error.message);
    throw error;
  }
}

/** A pool of fixed size is full: names the pool, its limit, and the setting to raise. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
  readonly pool: string;
  readonly limit: number;
  readonly setting: string;

  /** `message`: for a limit that is none of rows. */
  constructor(
    pool: string,
    limit: number,
    setting: string,
    message = `${pool}: all ${limit} rows are in use; raise ${setting}`,
  ) {
    super(message);
    this.pool = pool;
    this.limit = limit;
    this.setting = setting;
  }
}

/** Something that must hold did not: a defect, in the engine or in a plug-in. Says how to see it again. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** `['a', 'b', 2, 'c']` as `a.b[2].c`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** Throws InvariantError when `condition` is false. Messages are built by the caller only on cold paths. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
