/** The book over time as a heat map, with prices, trades and forced orders on it. */
import type { Heat } from '../replay/heat.ts';
import { priceText, moneyText, clockText } from '../replay/words.ts';
import { colour, Sheet } from './dom.ts';
import type { Played } from './protocol.ts';
import type { Frame, Window } from './window.ts';
import { ticksBetween, timeAt, xOf, yOf } from './window.ts';

const MARGIN = { left: 66, right: 8, top: 8, bottom: 22 };
/** Forced orders larger than this share of the largest have the largest dot. */
const DOT = { least: 1.5, most: 9 };

export class HeatView {
  readonly sheet: Sheet;
  window: Window = { from_us: 0, to_us: 1, low: 0, high: 1 };
  #played: Played | undefined;
  #twin: Played | undefined;
  #bitmap: HTMLCanvasElement | undefined;
  #lowest = 0;
  #time = 0;
  /** Of the instrument that is shown. */
  tick = '1';
  /** Unit of prices. */
  money = '';
  /** Where a fork begins, µs; Infinity: nowhere. */
  fork_us = Infinity;

  constructor(label: string) {
    this.sheet = new Sheet(label, () => {
      this.draw(this.#time);
    });
  }

  get frame(): Frame {
    const { width, height } = this.sheet;
    return {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, width - MARGIN.left - MARGIN.right),
      height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
    };
  }

  show(played: Played, window: Window): void {
    this.#played = played;
    this.window = window;
    this.paintHeat();
  }

  showTwin(twin: Played | undefined): void {
    this.#twin = twin;
  }

  /** The heat map as a picture, a pixel a moment and bucket; once a run, and when the theme changes. */
  paintHeat(): void {
    const played = this.#played;
    if (played === undefined) return;
    const { heat, time_us } = played.track;
    const { first, rows } = heat;
    const lowest = first.reduce((a, b) => Math.min(a, b));
    const highest = first.reduce((a, b) => Math.max(a, b)) + rows;
    const bitmap = document.createElement('canvas');
    bitmap.width = time_us.length;
    bitmap.height = highest - lowest;
    const context = bitmap.getContext('2d')!;
    context.putImageData(heatImage(heat, lowest, highest), 0, 0);
    this.#bitmap = bitmap;
    this.#lowest = lowest;
  }

  /** Everything up to a time (µs) in full, what comes after it faintly. */
  draw(time_us: number): void {
    this.#time = time_us;
    const { sheet, frame, window } = this;
    const played = this.#played;
    sheet.clear();
    if (played === undefined || this.#bitmap === undefined) return;
    const { context } = sheet;
    const now = Math.min(frame.left + frame.width, Math.max(frame.left, xOf(time_us, window, frame)));
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    this.#drawHeat(played, now);
    this.#drawLines(played, now);
    this.#drawForced(played, time_us);
    context.strokeStyle = colour('ink');
    context.globalAlpha = 0.7;
    context.beginPath();
    context.moveTo(now, frame.top);
    context.lineTo(now, frame.top + frame.height);
    context.stroke();
    context.restore();
    this.#drawAxes(played);
  }

  /** What lies at a place of the sheet, in words. */
  read(x: number, y: number): string {
    const { frame, window } = this;
    const played = this.#played;
    if (played === undefined) return '';
    const time = timeAt(x, window, frame);
    const price = window.high - ((y - frame.top) / frame.height) * (window.high - window.low);
    const { track } = played;
    const moment = momentAt(played, time);
    const { heat } = track;
    const bucket = Math.floor(price / heat.width) - heat.first[moment]!;
    const depth = bucket >= 0 && bucket < heat.rows ? heat.depth[moment * heat.rows + bucket]! : 0;
    const side = depth < 0 ? 'bids' : 'asks';
    const rests = depth === 0 ? 'nothing rests' : `${moneyText(Math.abs(depth))} of ${side} rest`;
    return `${clockText(time)} · ${priceText(Math.round(price), this.tick)}: ${rests} within ${priceText(heat.width, this.tick)}`;
  }

  #drawHeat({ track }: Played, now: number): void {
    const { context } = this.sheet;
    const { frame, window } = this;
    const bitmap = this.#bitmap!;
    const { heat, time_us } = track;
    const step = time_us[1]! - time_us[0]!;
    const left = xOf(0, window, frame);
    const right = xOf(step * time_us.length, window, frame);
    const top = yOf((this.#lowest + bitmap.height) * heat.width, window, frame);
    const bottom = yOf(this.#lowest * heat.width, window, frame);
    context.imageSmoothingEnabled = false;
    context.globalAlpha = 0.28;
    context.drawImage(bitmap, left, top, right - left, bottom - top);
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, now - frame.left, frame.height);
    context.clip();
    context.globalAlpha = 1;
    context.clearRect(frame.left, frame.top, now - frame.left, frame.height);
    context.drawImage(bitmap, left, top, right - left, bottom - top);
    context.restore();
  }

  #drawLines(played: Played, now: number): void {
    const { track } = played;
    this.#line(track.time_us, track.last, 'ink', 1.4, [], now);
    this.#line(track.time_us, track.mark, 'mark', 1.6, [5, 3], now);
    const twin = this.#twin?.track;
    if (twin !== undefined) this.#line(twin.time_us, twin.last, 'twin', 1.6, [2, 3], now);
  }

  #line(
    times: Float64Array,
    prices: ArrayLike<number>,
    name: string,
    width: number,
    dash: readonly number[],
    now: number,
  ): void {
    const { context } = this.sheet;
    const { frame, window } = this;
    const path = new Path2D();
    for (let i = 0; i < times.length; i++) {
      const x = xOf(times[i]!, window, frame);
      const y = yOf(prices[i]!, window, frame);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    context.strokeStyle = colour(name);
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.save();
    context.globalAlpha = 0.3;
    context.stroke(path);
    context.beginPath();
    context.rect(frame.left, frame.top, now - frame.left, frame.height);
    context.clip();
    context.globalAlpha = 1;
    context.stroke(path);
    context.restore();
    context.setLineDash([]);
  }

  #drawForced({ forced, track }: Played, until_us: number): void {
    const { context } = this.sheet;
    const { frame, window } = this;
    const largest = forced.money.reduce((a, b) => Math.max(a, b), 1);
    context.globalAlpha = 0.75;
    const [sold, bought] = [colour('forced-sale'), colour('forced-purchase')];
    for (let row = 0; row < forced.time_us.length; row++) {
      const time = forced.time_us[row]!;
      if (time > until_us) break;
      if (time < window.from_us || time > window.to_us) continue;
      if (forced.instrument[row] !== track.instrument) continue;
      const size = DOT.least + (DOT.most - DOT.least) * Math.sqrt(forced.money[row]! / largest);
      const x = xOf(time, window, frame);
      const y = yOf(forced.mark[row]!, window, frame);
      context.fillStyle = forced.lots[row]! < 0 ? sold : bought;
      context.beginPath();
      context.moveTo(x, y - size);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.lineTo(x - size, y);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  #drawAxes({ shock_us }: Played): void {
    const { context } = this.sheet;
    const { frame, window } = this;
    context.fillStyle = colour('muted');
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const price of ticksBetween(window.low, window.high, frame.height / 60)) {
      context.fillText(priceText(Math.round(price), this.tick), frame.left - 6, yOf(price, window, frame));
    }
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const second of ticksBetween(window.from_us / 1e6, window.to_us / 1e6, frame.width / 90)) {
      const x = xOf(second * 1e6, window, frame);
      const text = clockText(Math.round(second * 1e6));
      context.textAlign =
        x < frame.left + 20 ? 'left' : x > frame.left + frame.width - 24 ? 'right' : 'center';
      context.fillText(
        window.to_us - window.from_us >= 2e7 ? text.slice(0, -4) : text,
        x,
        frame.top + frame.height + 5,
      );
    }
    context.textAlign = 'left';
    context.fillText(`${this.money} · min:s`, 0, frame.top + frame.height + 5, frame.left - 6);
    this.#drawMoment(shock_us, 'shock', 2);
    this.#drawMoment(this.fork_us, 'fork', 16);
    context.strokeRect(frame.left, frame.top, frame.width, frame.height);
  }

  /** A moment with its name, so far below the top. */
  #drawMoment(time_us: number, name: string, below: number): void {
    const { context } = this.sheet;
    const { frame, window } = this;
    const x = xOf(time_us, window, frame);
    if (!(x > frame.left && x < frame.left + frame.width)) return;
    const isLate = x > frame.left + frame.width - 40;
    context.textAlign = isLate ? 'right' : 'left';
    const width = context.measureText(name).width + 4;
    context.fillStyle = colour('paper');
    context.fillRect(isLate ? x - 2 - width : x + 2, frame.top + below - 1, width, 13);
    context.fillStyle = colour('ink');
    context.fillText(name, isLate ? x - 4 : x + 4, frame.top + below);
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, frame.top);
    context.lineTo(x, frame.top + frame.height);
    context.stroke();
    context.setLineDash([]);
  }
}

/** Number of the moment at a time. */
export function momentAt({ track }: Played, time_us: number): number {
  const step = track.time_us[1]! - track.time_us[0]!;
  return Math.min(track.time_us.length - 1, Math.max(0, Math.floor(time_us / step)));
}

/** Depth as colour: the side's own, the stronger the more rests there, on a scale of logarithms. */
function heatImage(heat: Heat, lowest: number, highest: number): ImageData {
  const { depth, first, rows } = heat;
  const moments = first.length;
  const image = new ImageData(moments, highest - lowest);
  let most = 1;
  for (const money of depth) if (Math.abs(money) > most) most = Math.abs(money);
  const scale = 1 / Math.log(1 + most / LEAST);
  const [bid, ask] = [rgb(colour('bid')), rgb(colour('ask'))];
  for (let moment = 0; moment < moments; moment++) {
    for (let row = 0; row < rows; row++) {
      const money = depth[moment * rows + row]!;
      if (money === 0) continue;
      const [r, g, b] = money < 0 ? bid : ask;
      const y = highest - 1 - (first[moment]! + row);
      const at = 4 * (y * moments + moment);
      const strength = Math.log(1 + Math.abs(money) / LEAST) * scale;
      image.data[at] = r;
      image.data[at + 1] = g;
      image.data[at + 2] = b;
      image.data[at + 3] = Math.round(255 * strength ** 2.2);
    }
  }
  return image;
}

/** Money that is hardly seen. */
const LEAST = 1000;

function rgb(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
