/** Numbers for people: a few significant digits, thousands apart, units where they help. */
import type { Estimate } from '../../stats/estimate.ts';

export type Format = (value: number) => string;

/** 0.83 */
export const plain: Format = (value) =>
  !Number.isFinite(value) ? '–' : Math.abs(value) >= 100 ? grouped(value) : trimmed(value, 2);

/** 1,904 */
export const whole: Format = (value) => (Number.isFinite(value) ? grouped(Math.round(value)) : '–');

/** 12.3 %, 4,462 % */
export const percent: Format = (value) => {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return `${size < 10 ? trimmed(value * 100, size < 0.1 ? 2 : 1) : grouped(value * 100)} %`;
};

/** 412 k, 1.9 M */
export const money: Format = (value) => {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9) return `${short(value / 1e9)} G`;
  if (size >= 1e6) return `${short(value / 1e6)} M`;
  if (size >= 1e3) return `${short(value / 1e3)} k`;
  return trimmed(value, 0);
};

/** `0.83` over `[0.68, 0.91]`: an estimate in a table's cell. */
export function estimateCell(estimate: Estimate, format: Format): string {
  const interval = intervalText(estimate, format);
  return interval === '' ? format(estimate.value) : `${format(estimate.value)}\n${interval}`;
}

/** `−0.31 [−0.44, −0.18]`: an estimate in a line. */
export function estimateText(estimate: Estimate, format: Format): string {
  return minus(`${format(estimate.value)} ${intervalText(estimate, format)}`.trimEnd());
}

/** `[0.68, 0.91]`; `≥ 0.68` or `≤ 0.91` where the other side has no bound; nothing where neither has one. */
export function intervalText({ low, high }: Pick<Estimate, 'low' | 'high'>, format: Format): string {
  if (!Number.isFinite(low)) return Number.isFinite(high) ? `≤ ${format(high)}` : '';
  return Number.isFinite(high) ? `[${format(low)}, ${format(high)}]` : `≥ ${format(low)}`;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function trimmed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

function short(value: number): string {
  return Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(2);
}

/** The one minus sign: before a digit, in an exponent too; hyphens in names stay. */
export function minus(text: string): string {
  return text.replaceAll(/(^|[\s[(≥≤±]|\de)-(?=[\d.])/gm, '$1−');
}

/** `3 min 20 s`, `2 h 5 min`; below ten seconds with one digit after the point. */
export function timeText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h > 0) return min > 0 ? `${h} h ${min} min` : `${h} h`;
  if (min > 0) return s > 0 ? `${min} min ${s} s` : `${min} min`;
  return `${s} s`;
}

/** An accepted range; either end may be infinite. */
export function rangeText(range: { readonly low: number; readonly high: number }, format: Format): string {
  const { low, high } = range;
  if (high === Infinity) return `≥ ${format(low)}`;
  return low === -Infinity ? `≤ ${format(high)}` : `${format(low)} to ${format(high)}`;
}
