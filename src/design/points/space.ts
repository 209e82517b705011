/** The settings that a design varies: from the unit cube to values, and from values to `--set path=value`. */
import { exp, log } from '../../core/maths.ts';
import { ConfigError } from '../../core/errors.ts';
import type { WrittenParameters } from '../../models/experiment.ts';

export interface Parameter {
  readonly path: string;
  readonly low: number;
  readonly high: number;
  /** What stands behind the number; '' for nothing. */
  readonly unit: string;
  readonly scale: 'linear' | 'log';
  readonly whole: boolean;
}

/** A value of each parameter, by its path, in the parameter's unit. */
export type Point = Readonly<Record<string, number>>;

const QUANTITY = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(.*?)\s*$/i;

/** Significant digits of a value: what is written can be read, and says no more than a search can know. */
const DIGITS = 6;

/** Throws ConfigError, its path from the block. */
export function readSpace(written: WrittenParameters): Parameter[] {
  return Object.entries(written).map(([path, one]) => {
    const { range, scale = 'linear', whole = false } = Array.isArray(one) ? { range: one } : one;
    const fail = (what: string): never => {
      throw new ConfigError(['parameters', path], what);
    };
    const [low, high] = range.map((amount) => {
      const [, number, unit] = QUANTITY.exec(String(amount)) ?? fail(`needs numbers, got ${amount}`);
      return { number: Number(number), unit: unit! };
    }) as [Quantity, Quantity];
    if (low.unit !== high.unit) fail(`needs one unit for both ends, got ${range.join(' and ')}`);
    if (!(low.number < high.number)) fail(`needs [lowest, highest], got ${range.join(' and ')}`);
    if (scale === 'log' && !(low.number > 0)) fail('a scale of log needs values above 0');
    if (whole && !(Number.isInteger(low.number) && Number.isInteger(high.number)))
      fail('needs whole numbers');
    return { path, low: low.number, high: high.number, unit: low.unit, scale, whole };
  });
}

interface Quantity {
  readonly number: number;
  readonly unit: string;
}

/** The point at these places of the parameters' ranges, each from 0 to 1. */
export function pointAt(space: readonly Parameter[], place: ArrayLike<number>): Point {
  return Object.fromEntries(space.map((parameter, i) => [parameter.path, valueAt(parameter, place[i]!)]));
}

function valueAt({ low, high, scale, whole }: Parameter, u: number): number {
  if (whole && scale === 'linear') return Math.min(high, low + Math.floor(u * (high - low + 1)));
  const value = scale === 'log' ? exp(log(low) + u * (log(high) - log(low))) : low + u * (high - low);
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(high, Math.max(low, rounded));
}

/** `path=value unit` of each parameter. */
export function setsOf(space: readonly Parameter[], point: Point): string[] {
  return space.map(({ path, unit }) => `${path}=${point[path]!}${unit === '' ? '' : ` ${unit}`}`);
}

/** What tells points apart. */
export function keyOf(space: readonly Parameter[], point: Point): string {
  return setsOf(space, point).join('\n');
}

/** Throws ConfigError unless the point has a value inside the range of every parameter, and nothing else. */
export function checkPoint(space: readonly Parameter[], point: unknown): Point {
  if (typeof point !== 'object' || point === null)
    throw new ConfigError([], 'a point is a map of parameters');
  const values = point as Readonly<Record<string, unknown>>;
  for (const path of Object.keys(values)) {
    if (!space.some((one) => one.path === path)) throw new ConfigError([path], 'is no parameter');
  }
  for (const { path, low, high, whole } of space) {
    const value = values[path];
    if (
      typeof value !== 'number' ||
      !(value >= low && value <= high) ||
      (whole && !Number.isInteger(value))
    ) {
      const what = `${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`;
      throw new ConfigError(
        [path],
        `needs ${what}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`,
      );
    }
  }
  return values as Point;
}
