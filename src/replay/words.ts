/** Numbers as people read them: with their unit, and as many digits as tell something. */

/** `612,836.5`: a price of so many ticks, with the digits of the tick (such as '0.1'). */
export function priceText(ticks: number, tick: string): string {
  const digits = (tick.split('.')[1] ?? '').length;
  return grouped((ticks * Number(tick)).toFixed(Number.isInteger(ticks) ? digits : digits + 1));
}

/** `12.4 M`: money or a count in three digits. */
export function shortText(value: number): string {
  if (Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size === Infinity) return value > 0 ? '∞' : '−∞';
  for (const [unit, letter] of [
    [1e12, ' T'],
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ] as const) {
    if (size >= 0.9995 * unit) return `${threeDigits(value / unit)}${letter}`;
  }
  return threeDigits(value);
}

/** `1:01.204`: minutes, seconds and milliseconds of a simulated time, µs. */
export function timeText(time_us: number): string {
  const ms = Math.floor(time_us / 1000);
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `${minutes}:${seconds}`;
}

/** `3.52 %` */
export function percentText(share: number): string {
  return Number.isNaN(share) ? '–' : `${threeDigits(100 * share)} %`;
}

/** `9,517` */
export function countText(count: number): string {
  return grouped(String(Math.round(count)));
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return minus(value.toFixed(digits));
}

function grouped(text: string): string {
  const [whole = '', ...rest] = text.split('.');
  return minus([whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.'));
}

function minus(text: string): string {
  return text.replace('-', '−');
}
