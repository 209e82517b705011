/** The part of time and price that is looked at, and where it lies on a sheet. */
export interface Window {
  /** µs. */
  readonly from_us: number;
  readonly to_us: number;
  /** Ticks. */
  readonly low: number;
  readonly high: number;
}

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function xOf(time_us: number, { from_us, to_us }: Window, { left, width }: Frame): number {
  return left + ((time_us - from_us) / (to_us - from_us)) * width;
}

export function yOf(price: number, { low, high }: Window, { top, height }: Frame): number {
  return top + ((high - price) / (high - low)) * height;
}

export function timeAt(x: number, { from_us, to_us }: Window, { left, width }: Frame): number {
  return from_us + ((x - left) / width) * (to_us - from_us);
}

/** Some round values inside, about `count`. */
export function ticksBetween(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((size) => size >= rough)!;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(at);
  return ticks;
}

/** Nearer (factor < 1) or further round a time, inside 0 to `until_us`. */
export function zoomed(window: Window, factor: number, at_us: number, until_us: number): Window {
  const span = Math.min(until_us, Math.max(1e5, (window.to_us - window.from_us) * factor));
  const share = (at_us - window.from_us) / (window.to_us - window.from_us);
  const from_us = Math.min(Math.max(0, at_us - share * span), until_us - span);
  return { ...window, from_us, to_us: from_us + span };
}
