/**
 * The laboratory: the same replay with a second world beside it on the same seed, of which leverage, depth, positions, ladder
 * and shock are turned by hand, from the beginning or from the shock on; and runs of both in the background.
 */
import type { PageData } from '../replay/page-data.ts';
import type { Settings } from '../replay/settings.ts';
import { el } from './dom.ts';
import { Background } from './background.ts';
import { Replay } from './replay.ts';

const SLIDERS: readonly {
  readonly name: 'leverage' | 'depth' | 'openInterest' | 'shock';
  readonly label: string;
  /** Settled when the world is made: a fork at the shock comes too late for it. */
  readonly isOfBeginning: boolean;
}[] = [
  { name: 'leverage', label: 'leverage of traders', isOfBeginning: true },
  { name: 'openInterest', label: 'open positions', isOfBeginning: true },
  { name: 'depth', label: 'depth of the book', isOfBeginning: true },
  { name: 'shock', label: 'size of the shock', isOfBeginning: false },
];

export class Laboratory {
  readonly element: HTMLElement;
  readonly replay: Replay;
  readonly #data: PageData;
  readonly #background: Background;
  /** Sliders of what a fork at the shock comes too late for. */
  readonly #early: HTMLInputElement[] = [];
  #waiting = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.replay = new Replay(data);
    this.#background = new Background();
    this.element = el('div', { class: 'laboratory' }, [this.#drawer(), this.replay.element]);
  }

  async begin(): Promise<void> {
    await this.#background.begin(this.#data.experiment);
    this.replay.changed = () => {
      void this.#background.run(this.replay.place);
    };
    await this.replay.begin();
  }

  #drawer(): HTMLElement {
    const { settings } = this.replay.place;
    const ladder = el('select', { name: 'ladder' }, [
      el('option', { value: '' }, 'each policy’s own'),
      ...this.#data.ladders.map((name) => el('option', { value: name }, name)),
    ]);
    ladder.value = settings.ladder;
    ladder.addEventListener('change', () => {
      this.#turn({ ladder: ladder.value });
    });
    return el('section', { class: 'drawer', 'aria-label': 'What is turned in the second world' }, [
      el('div', { class: 'sliders' }, [
        el('label', {}, ['second world turned', this.#from(), '']),
        ...SLIDERS.map((one) => this.#slider(one)),
        el('label', {}, ['call ladder', ladder, '']),
      ]),
      this.#background.element,
    ]);
  }

  /** From when on the second world is another one. */
  #from(): HTMLSelectElement {
    const select = el('select', { name: 'from' }, [
      el('option', { value: '' }, 'from the beginning'),
      el('option', { value: 'shock' }, 'from the shock on: a fork'),
    ]);
    const apply = (isAtShock: boolean): void => {
      for (const slider of this.#early) slider.disabled = isAtShock;
    };
    select.value = this.replay.place.isAtShock ? 'shock' : '';
    queueMicrotask(() => {
      apply(this.replay.place.isAtShock);
    });
    select.addEventListener('change', () => {
      const isAtShock = select.value === 'shock';
      apply(isAtShock);
      this.replay.choose({ isAtShock });
    });
    return select;
  }

  #slider({ name, label, isOfBeginning }: (typeof SLIDERS)[number]): HTMLElement {
    const from = this.replay.place.settings[name];
    const value = el('output', {}, `×${from.toFixed(2)}`);
    // Of its logarithm to base 2: the middle is as written.
    const slider = el('input', { type: 'range', min: '-2', max: '2', step: '0.25', name });
    slider.value = String(Math.log2(from));
    if (isOfBeginning) this.#early.push(slider);
    slider.addEventListener('input', () => {
      const factor = 2 ** Number(slider.value);
      value.textContent = `×${factor.toFixed(2)}`;
      this.#turn({ [name]: factor });
    });
    return el('label', {}, [label, slider, value]);
  }

  /** A slider that moves on makes nothing yet. */
  #turn(change: Partial<Settings>): void {
    this.replay.turn(change);
    window.clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => void this.replay.make(), 250);
  }
}
