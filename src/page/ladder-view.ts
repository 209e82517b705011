/** Beside the heat map, on the same prices: what rests in the book now, and where the next liquidations wait. */
import type { Moment, PriceAxis } from '../replay/moment.ts';
import { moneyText } from '../replay/words.ts';
import { colour, fitting, Sheet } from './dom.ts';
import type { Frame, Window } from './window.ts';
import { yOf } from './window.ts';

/** Pixels of a step of price. */
const STEP = 4;
const MIDDLE = 0.5;

export class LadderView {
  readonly sheet: Sheet;
  /** Unit of money. */
  money = '';
  #moment: Moment | undefined;
  #axis: PriceAxis | undefined;
  #window: Window | undefined;

  constructor() {
    this.sheet = new Sheet('Order book now, and the prices at which the next accounts break', () => {
      this.#draw();
    });
  }

  /** Steps of price that fit a frame of this height. */
  static axisOf({ low, high }: Window, { height }: Frame): PriceAxis {
    const steps = Math.max(1, Math.floor(height / STEP));
    const step = Math.max(1, Math.ceil((high - low) / steps));
    return { low: Math.floor(low / step) * step, step, steps: Math.ceil((high - low) / step) + 1 };
  }

  show(moment: Moment, axis: PriceAxis, window: Window): void {
    this.#moment = moment;
    this.#axis = axis;
    this.#window = window;
    this.#draw();
  }

  #draw(): void {
    const { sheet } = this;
    sheet.clear();
    if (this.#moment === undefined || this.#axis === undefined || this.#window === undefined) return;
    const { context, width, height } = sheet;
    const frame: Frame = { left: 0, top: 8, width, height: Math.max(1, height - 30) };
    const [book, waiting] = [width * MIDDLE, width * (1 - MIDDLE)];
    const { bids, asks, longs, shorts, mark } = this.#moment;
    const most = (...columns: readonly Float64Array[]): number =>
      columns.reduce((a, column) => column.reduce((c, d) => Math.max(c, d), a), 1);
    this.#bars(bids, 'bid', frame, 0, book - 6, most(bids, asks));
    this.#bars(asks, 'ask', frame, 0, book - 6, most(bids, asks));
    this.#bars(longs, 'forced-sale', frame, book, waiting - 4, most(longs, shorts));
    this.#bars(shorts, 'forced-purchase', frame, book, waiting - 4, most(longs, shorts));
    const y = yOf(mark, this.#window, frame);
    context.strokeStyle = colour('mark');
    context.setLineDash([5, 3]);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colour('muted');
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'bottom';
    context.textAlign = 'left';
    const legend = (texts: readonly string[], left: number, largest: number): void => {
      const room = book - 4;
      const to = `to ${moneyText(largest)}`;
      context.fillText(fitting(context, texts, room), left + 2, height - 10, room);
      context.fillText(fitting(context, [`${to} ${this.money}`, to], room), left + 2, height, room);
    };
    legend(['book now', 'book'], 0, most(bids, asks));
    legend(['breaks there', 'breaks'], book, most(longs, shorts));
  }

  #bars(column: Float64Array, name: string, frame: Frame, left: number, width: number, most: number): void {
    const { context } = this.sheet;
    const { low, step } = this.#axis!;
    context.fillStyle = colour(name);
    for (let i = 0; i < column.length; i++) {
      const money = column[i]!;
      if (money === 0) continue;
      const top = yOf(low + (i + 1) * step, this.#window!, frame);
      const bottom = yOf(low + i * step, this.#window!, frame);
      if (bottom < frame.top || top > frame.top + frame.height) continue;
      const end = Math.min(bottom - 0.5, frame.top + frame.height);
      context.fillRect(left, top, Math.max(1, (width * money) / most), Math.max(1, end - top));
    }
  }
}
