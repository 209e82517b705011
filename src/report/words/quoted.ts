/**
 * Numbers as a text may quote them. The rule: half the interval's width says which digit is the last to be believed: that of
 * its own first digit, and one more where that is a 1 or a 2, as else half of what is known would be lost. Value and bounds end at
 * the same digit. Without an interval a number has three significant digits.
 */
import type { Estimate } from '../../stats/estimate.ts';
import { minus } from './numbers.ts';

/** What a number counts, as it is written: `share` in %. */
export type Kind = 'number' | 'share' | 'money' | 'count';

const MULTIPLES = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
] as const;

/** `0.50 [0.33, 0.67]`, `22.48 % [22.33 %, 22.63 %]`, `36 M [33 M, 40 M]`; `0 (≤ 0.11)` where one bound is known alone. */
export function quoted({ value, low, high }: Estimate, kind: Kind): string {
  if (!Number.isFinite(value)) return 'unknown';
  const [scale, suffix] = scaleOf([value, low, high], kind);
  const [v, l, h] = [value / scale, low / scale, high / scale];
  const place = placeOf(v, l, h, kind);
  const text = (one: number): string => {
    const digits = atPlace(one, place);
    return kind === 'money' && digits === '0' ? digits : `${digits}${suffix}`;
  };
  const bounds =
    Number.isFinite(low) && Number.isFinite(high)
      ? ` [${text(l)}, ${text(h)}]`
      : Number.isFinite(low)
        ? ` (≥ ${text(l)})`
        : Number.isFinite(high)
          ? ` (≤ ${text(h)})`
          : '';
  return minus(`${text(v)}${bounds}`);
}

/** What it is divided by, and what stands behind it: the same for a value and its bounds. */
function scaleOf(all: readonly number[], kind: Kind): readonly [scale: number, suffix: string] {
  if (kind === 'share') return [0.01, ' %'];
  if (kind !== 'money') return [1, ''];
  const [value] = all;
  const most =
    Math.abs(value!) > 0 ? Math.abs(value!) : Math.max(...all.filter(Number.isFinite).map(Math.abs));
  return MULTIPLES.find(([size]) => most >= size) ?? [1, ''];
}

/** Exponent of ten of the last digit: −2 for hundredths. */
function placeOf(value: number, low: number, high: number, kind: Kind): number {
  const half =
    Number.isFinite(low) && Number.isFinite(high)
      ? (high - low) / 2
      : Number.isFinite(low)
        ? value - low
        : Number.isFinite(high)
          ? high - value
          : NaN;
  const least = kind === 'count' ? 0 : -4;
  if (half > 0) return Math.max(least, lastDigit(half));
  if (value === 0) return 0;
  return Math.max(least, Math.min(0, exponentOf(Math.abs(value)) - 2));
}

function lastDigit(half: number): number {
  const first = Number(half.toExponential(0)[0]);
  const exponent = exponentOf(half);
  return first <= 2 ? exponent - 1 : exponent;
}

/** Of the number rounded to one digit: 2 for 99.7. */
function exponentOf(size: number): number {
  return Number(size.toExponential(0).split('e')[1]);
}

function atPlace(value: number, place: number): string {
  const digits = Math.max(0, -place);
  const step = Number(`1e${Math.max(0, place)}`);
  const rounded = Math.round(value / step) * step;
  const text = place > 0 ? rounded : Number(value.toFixed(digits));
  return (text === 0 ? 0 : text).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
