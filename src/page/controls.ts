/** Play, pause, step, speed and the slider of time, each with a key. */
import { clockText } from '../replay/words.ts';
import { el } from './dom.ts';

export interface Wishes {
  readonly toggle: () => void;
  readonly go: (time_us: number) => void;
  readonly step: (events: number) => void;
  readonly speed: (factor: number) => void;
  readonly toParting: () => void;
}

/** Simulated seconds a second. */
export const SPEEDS = [0.1, 1, 5, 20, 60];

export class Controls {
  readonly element: HTMLElement;
  readonly #play = el('button', { type: 'button', 'aria-keyshortcuts': 'Space' }, '▶ play');
  readonly #time = el('output', { class: 'time' });
  readonly #slider = el('input', { type: 'range', min: '0', step: '1', 'aria-label': 'Time of the run' });
  readonly #speed = el('select', { 'aria-label': 'Speed' });
  readonly #parting = el(
    'button',
    { type: 'button', title: 'Where the two first differ (key d)' },
    'first difference',
  );

  constructor(wishes: Wishes) {
    for (const speed of SPEEDS) this.#speed.append(el('option', { value: String(speed) }, `${speed} s/s`));
    this.#speed.value = '5';
    const button = (text: string, title: string, act: () => void): HTMLButtonElement => {
      const one = el('button', { type: 'button', title }, text);
      one.addEventListener('click', act);
      return one;
    };
    this.#play.addEventListener('click', wishes.toggle);
    this.#parting.addEventListener('click', wishes.toParting);
    this.#parting.hidden = true;
    this.#slider.addEventListener('input', () => {
      wishes.go(Number(this.#slider.value) * 1000);
    });
    this.#speed.addEventListener('change', () => {
      wishes.speed(Number(this.#speed.value));
    });
    this.element = el('nav', { class: 'controls', 'aria-label': 'Playing' }, [
      button('to start', 'To the beginning (Home)', () => {
        wishes.go(0);
      }),
      this.#play,
      button('step', 'The next event (key .)', () => {
        wishes.step(1);
      }),
      button('+100', 'A hundred events on (key >)', () => {
        wishes.step(100);
      }),
      this.#speed,
      this.#slider,
      this.#time,
      this.#parting,
    ]);
    addEventListener('keydown', (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('input[type=text], select') !== null)
        return;
      const keys: Readonly<Record<string, () => void>> = {
        ' ': wishes.toggle,
        '.': () => {
          wishes.step(1);
        },
        '>': () => {
          wishes.step(100);
        },
        Home: () => {
          wishes.go(0);
        },
        End: () => {
          wishes.go(Infinity);
        },
        d: wishes.toParting,
      };
      const act = keys[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLButtonElement && event.key === ' ') return;
      event.preventDefault();
      act();
    });
  }

  get speed(): number {
    return Number(this.#speed.value);
  }

  set until_us(until: number) {
    this.#slider.max = String(Math.ceil(until / 1000));
  }

  /** Shows whether there are two worlds whose first difference can be gone to. */
  set hasTwo(yes: boolean) {
    this.#parting.hidden = !yes;
  }

  show(time_us: number, events: number, playing: boolean): void {
    this.#slider.value = String(Math.round(time_us / 1000));
    this.#slider.setAttribute('aria-valuetext', clockText(time_us));
    this.#time.textContent = `${clockText(time_us)} · event ${events.toLocaleString('en')}`;
    this.#play.textContent = playing ? '⏸ pause' : '▶ play';
  }
}
