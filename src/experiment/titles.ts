/** Numbers and shocks in words, for headings. */
import { DAY, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND } from '../core/units.ts';

/** A shock with one value for each of its settings; `kind` is its name. */
export interface ShockSettings {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

const SCALES = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
] as const;

/** `60 M`, `1.5 k`, `250`: three significant digits at least. */
export function shortNumber(value: number): string {
  const [scale, suffix] = SCALES.find(([size]) => Math.abs(value) >= size) ?? [1, ''];
  const scaled = value / scale;
  const digits = Math.abs(scaled) >= 100 ? 0 : 2;
  return `${Number(scaled.toFixed(digits))}${suffix}`;
}

const PERIODS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
  [MILLISECOND, 'ms'],
  [MICROSECOND, 'us'],
] as const;

/** `90 s`, `10 min`, `100 ms`: the largest unit in which it is a whole number. */
export function shortDuration(us: number): string {
  if (us === 0) return '0';
  const [period, unit] = PERIODS.find(([size]) => us % size === 0) ?? [MICROSECOND, 'us'];
  return `${us / period} ${unit}`;
}

/** A share as a percentage: `-5 %`. */
export function percent(value: number): string {
  return `${Number((100 * value).toPrecision(6))} %`;
}

/** A shock in words; `money`: its unit. */
type ShockWords = (shock: ShockSettings, money: string) => string;

const TITLES: Readonly<Record<string, ShockWords>> = {
  'sell-programme': ({ notional, over }, money) =>
    `sale of ${shortNumber(notional as number)} ${money} ` +
    (over === 0 ? 'at once' : `in ${shortDuration(over as number)}`),
  sale: ({ lots }) => `sale of ${shortNumber(lots as number)} lots at once`,
  'value-jump': ({ change }) => `value changes by ${percent(change as number)}`,
  withdrawal: ({ agents, duration }) =>
    `${String(agents)} withdrawn for ${shortDuration(duration as number)}`,
};

/** A shock as a heading: `sale of 60 M USDT in 30 s`. `words`: its own; without any its settings stand there. */
export function shockTitle(shock: ShockSettings, money: string, words = TITLES[shock.kind]): string {
  const { kind, venue, ...settings } = shock;
  const at = typeof venue === 'string' ? ` at ${venue}` : '';
  if (words !== undefined) return `${words(shock, money)}${at}`;
  return [kind, ...Object.entries(settings).map(([key, value]) => `${key} ${String(value)}`)].join(' ') + at;
}
