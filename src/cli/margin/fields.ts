/**
 * The fields of one JSON object, looked at one by one. Numbers may be texts, which keep all their digits, or JSON
 * numbers; null is as good as left out. What is wrong throws a ConfigError with the field as its path.
 */
import { Exact, ONE } from '../../published/formulas/exact.ts';
import { ConfigError } from '../../core/errors.ts';
import { digits } from '../json.ts';

type Path = readonly (string | number)[];

/** What a number must be: its check, and what to say when it fails. */
interface Range {
  readonly holds: (value: Exact) => boolean;
  readonly needs: string;
}

export const ANY: Range = { holds: () => true, needs: '' };
export const POSITIVE: Range = { holds: (x) => x.isPositive() && !x.isZero(), needs: 'must be above 0' };
export const NOT_NEGATIVE: Range = { holds: notNegative, needs: 'must not be negative' };
/** A rate of maintenance: with all of the notional or more, no long position could ever be kept. */
export const RATE: Range = { holds: (x) => notNegative(x) && x.lt(ONE), needs: 'must be from 0 to below 1' };
export const SHARE: Range = { holds: (x) => notNegative(x) && x.lte(ONE), needs: 'must be from 0 to 1' };
export const PPM: Range = {
  holds: (x) => notNegative(x) && x.lte(1_000_000),
  needs: 'must be from 0 to 1000000',
};
export const FACTOR: Range = { holds: (x) => x.gte(ONE), needs: 'must be 1 or more' };
export const NOT_ZERO: Range = { holds: (x) => !x.isZero(), needs: 'must not be 0' };

function notNegative(x: Exact): boolean {
  return x.isPositive() || x.isZero();
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const LONGEST = 80;
const DIGITS = 40;
const EXPONENT = 30;

export class Fields {
  private readonly record: Readonly<Record<string, unknown>>;
  private readonly path: Path;

  constructor(record: object, path: Path = []) {
    this.record = record as Readonly<Record<string, unknown>>;
    this.path = path;
  }

  /** Refuses fields that are none of these; answers of worked cases (`expected…`) are passed over. */
  only(names: ReadonlySet<string>): void {
    for (const name in this.record) {
      if (names.has(name) || name.startsWith('expected')) continue;
      throw this.wrong(name.slice(0, 40), `no such field here; there are ${[...names].join(', ')}`);
    }
  }

  has(name: string): boolean {
    return this.record[name] !== undefined && this.record[name] !== null;
  }

  number(name: string, range: Range): Exact {
    const value = this.optional(name, range);
    if (value === undefined) throw this.wrong(name, 'is needed');
    return value;
  }

  optional(name: string, range: Range): Exact | undefined {
    const value = this.record[name];
    return value === undefined || value === null ? undefined : numberOf(value, range, [...this.path, name]);
  }

  choice<T extends string>(name: string, choices: readonly T[], usual?: T): T {
    const value = this.has(name) ? this.record[name] : usual;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw this.wrong(name, `must be one of ${choices.join(', ')}`);
    return chosen;
  }

  text(name: string): string {
    const value = this.record[name];
    if (typeof value !== 'string') throw this.wrong(name, 'must be a text');
    return value;
  }

  object(name: string): Fields | undefined {
    return this.has(name) ? fieldsOf(this.record[name], [...this.path, name]) : undefined;
  }

  /** A list, each of its items read by `read` with its path. */
  list<T>(name: string, read: (item: unknown, path: Path) => T): T[] {
    const value = this.record[name];
    if (!Array.isArray(value) || value.length === 0)
      throw this.wrong(name, 'must be a list that is not empty');
    return value.map((item, i) => read(item, [...this.path, name, i]));
  }

  wrong(name: string, message: string): ConfigError {
    return new ConfigError([...this.path, name], message);
  }
}

export function fieldsOf(value: unknown, path: Path): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || digits(value) !== undefined) {
    throw new ConfigError(path, 'must be an object');
  }
  return new Fields(value, path);
}

/** A number that arithmetic with 50 digits can take in, from a text or a JSON number, with its digits as written. */
export function numberOf(value: unknown, range: Range, path: Path): Exact {
  const written = typeof value === 'string' ? value : digits(value);
  if (written === undefined) throw new ConfigError(path, 'must be a number, or a text such as "0.1"');
  if (written.length > LONGEST || !DECIMAL.test(written)) {
    throw new ConfigError(path, 'must be a decimal number such as "0.1"');
  }
  const number = exactOf(written);
  if (Math.abs(number.e) > EXPONENT || (written.length > DIGITS && number.precision() > DIGITS)) {
    throw new ConfigError(path, `must be from 1e-30 to 1e30 in size, with ${DIGITS} digits at most`);
  }
  if (!range.holds(number)) throw new ConfigError(path, range.needs);
  return number;
}

const SEEN = 4096;
let seen = new Map<string, Exact>();

/** Lines repeat numbers (rates, tiers): reading one that was seen lately costs a fifth. */
function exactOf(value: string): Exact {
  let number = seen.get(value);
  if (number !== undefined) return number;
  number = new Exact(value);
  if (seen.size === SEEN) seen = new Map();
  seen.set(value, number);
  return number;
}
