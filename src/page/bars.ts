/** A histogram on a sheet, with its axis in words. */
import { colour, Sheet } from './dom.ts';

export interface Bars {
  readonly counts: ArrayLike<number>;
  /** Colour of a bar by its number. */
  readonly colourOf: (bin: number) => string;
  /** Texts below the axis, at bins (may be between two). */
  readonly labels: readonly { readonly bin: number; readonly text: string }[];
  readonly title: string;
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
    this.#bars.forEach(({ counts, colourOf, labels, title }, part) => {
      const bottom = (part + 1) * each - 14;
      const top = part * each + 14;
      const step = width / counts.length;
      for (let bin = 0; bin < counts.length; bin++) {
        const tall = ((bottom - top) * counts[bin]!) / most;
        context.fillStyle = colourOf(bin);
        context.fillRect(bin * step, bottom - tall, Math.max(1, step - 1), tall);
      }
      context.strokeStyle = colour('line');
      context.strokeRect(0, bottom, width, 0);
      context.fillStyle = colour('muted');
      context.font = '11px system-ui, sans-serif';
      context.textBaseline = 'top';
      context.textAlign = 'left';
      context.fillText(title, 2, part * each);
      for (const { bin, text } of labels) {
        const x = bin * step;
        context.textAlign = x < 20 ? 'left' : x > width - 20 ? 'right' : 'center';
        context.fillText(text, x, bottom + 2);
      }
    });
  }
}
