/** Accounts by health, as they are at the moment. */
import type { Moment } from '../replay/moment.ts';
import { HEALTH_EDGES } from '../replay/health-edges.ts';
import { countText } from '../replay/words.ts';
import { BarView } from './bars.ts';
import { colour } from './dom.ts';

export class HealthView {
  readonly #bars = new BarView('Accounts by health: equity over maintenance requirement');

  get canvas(): HTMLCanvasElement {
    return this.#bars.sheet.canvas;
  }

  show({ health, positions }: Moment): void {
    const [safe, near] = [colour('bid'), colour('forced-sale')];
    this.#bars.show({
      counts: health,
      colourOf: (bin) => ((HEALTH_EDGES[bin] ?? Infinity) <= 1 ? near : safe),
      title: [`${countText(positions)} accounts with positions`],
      labels: [1, 2, 4, 16, 64].map((edge) => ({ bin: HEALTH_EDGES.indexOf(edge) + 1, text: String(edge) })),
    });
  }
}
