/** A histogram on a sheet, with its axis in words. */
import { colour, fitting, Sheet } from './dom.ts';

export interface Bars {
  readonly counts: ArrayLike<number>;
  /** What each count may be, with as few: low and high; left out: it is no estimate. */
  readonly intervals?: readonly (readonly [low: number, high: number])[];
  /** Colour of a bar by its number. */
  readonly colourOf: (bin: number) => string;
  /** Texts below the axis, at bins (may be between two). */
  readonly labels: readonly { readonly bin: number; readonly text: string }[];
  /** What it is of, what its axis is, and more if there is room. */
  readonly title: readonly string[];
}

export class BarView {
  readonly sheet: Sheet;
  #bars: readonly Bars[] = [];

  constructor(label: string) {
    this.sheet = new Sheet(label, () => {
      this.#draw();
    });
  }

  /** Several of them stand above each other, on one scale. */
  show(...bars: readonly Bars[]): void {
    this.#bars = bars;
    this.#draw();
  }

  #draw(): void {
    const { sheet } = this;
    const { context, width, height } = sheet;
    sheet.clear();
    const most = this.#bars.reduce(
      (a, { counts }) => Array.from(counts).reduce((c, d) => Math.max(c, d), a),
      1,
    );
    const each = height / Math.max(1, this.#bars.length);
    this.#bars.forEach(({ counts, intervals, colourOf, labels, title }, part) => {
      const bottom = (part + 1) * each - 14;
      const top = part * each + 14;
      const step = width / counts.length;
      const y = (count: number): number => bottom - ((bottom - top) * Math.min(count, most)) / most;
      for (let bin = 0; bin < counts.length; bin++) {
        context.fillStyle = colourOf(bin);
        context.fillRect(bin * step, y(counts[bin]!), Math.max(1, step - 1), bottom - y(counts[bin]!));
        if (intervals === undefined || counts[bin] === 0) continue;
        const [low, high] = intervals[bin]!;
        context.fillStyle = colour('ink');
        context.fillRect((bin + 0.5) * step - 0.5, y(high), 1, y(low) - y(high));
      }
      context.strokeStyle = colour('line');
      context.strokeRect(0, bottom, width, 0);
      context.fillStyle = colour('muted');
      context.font = '11px system-ui, sans-serif';
      context.textBaseline = 'top';
      context.textAlign = 'left';
      const parts = [...title, `tallest: ${most}`];
      const texts = parts.map((_, i) => parts.slice(0, parts.length - i).join('; '));
      context.fillText(fitting(context, texts, width - 4), 2, part * each, width - 4);
      for (const { bin, text } of labels) {
        const x = bin * step;
        context.textAlign = x < 20 ? 'left' : x > width - 20 ? 'right' : 'center';
        context.fillText(text, x, bottom + 2);
      }
    });
  }
}
