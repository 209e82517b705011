/** Prices and times of a run as people read them; numbers as in reports. */
import { minus, money, percent, whole } from '../report/words/numbers.ts';

/** `62,836.5`: a price of so many ticks, with the digits of the tick (such as '0.1'). */
export function priceText(ticks: number, tick: string): string {
  const digits = (tick.split('.')[1] ?? '').length;
  const [units = '', ...rest] = (ticks * Number(tick)).toFixed(digits).split('.');
  return minus([units.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.'));
}

/** `1:01.204`: minutes, seconds and milliseconds of a simulated time, µs. */
export function clockText(time_us: number): string {
  const ms = Math.floor(time_us / 1000);
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `${minutes}:${seconds}`;
}

/** `12.4 M`: money. */
export function moneyText(value: number): string {
  return minus(money(value));
}

/** `3.52 %` */
export function percentText(share: number): string {
  return minus(percent(share));
}

/** `9,517` */
export function countText(count: number): string {
  return minus(whole(count));
}
