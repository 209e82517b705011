/** Play, pause, step, speed and the slider of time, each with a key. */
import { clockText } from '../replay/words.ts';
import { el } from './dom.ts';

export interface Wishes {
  readonly toggle: () => void;
  readonly go: (time_us: number) => void;
  readonly step: (events: number) => void;
  readonly toParting: () => void;
  /** The run is to be forked where it stands; its fork is to go. */
  readonly fork: () => void;
  readonly takeBack: () => void;
}

/** Simulated seconds a second. */
export const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 20, 60];

export class Controls {
  readonly element: HTMLElement;
  readonly #play = el(
    'button',
    { type: 'button', title: 'Play or pause (space)', 'aria-keyshortcuts': 'Space' },
    '▶ play',
  );
  readonly #time = el('output', { class: 'time' });
  readonly #slider = el('input', {
    type: 'range',
    class: 'clock',
    min: '0',
    step: '1',
    'aria-label': 'Time of the run',
  });
  readonly #speed = el('select', {
    'aria-label': 'Speed, simulated seconds a second',
    title: 'Simulated seconds a second (keys [ and ])',
  });
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
    this.#listen(wishes);
  }

  /** A key does what it says wherever the reader is, but in fields that have a use for it themselves. */
  #listen(wishes: Wishes): void {
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
      f: wishes.fork,
      x: wishes.takeBack,
      '[': () => {
        this.#faster(-1);
      },
      ']': () => {
        this.#faster(1);
      },
    };
    addEventListener('keydown', (event) => {
      const { target, key } = event;
      const act = keys[key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLElement && target.closest('input:not(.clock), select') !== null) return;
      if (key === ' ' && target instanceof HTMLElement && target.closest('button, summary') !== null) return;
      event.preventDefault();
      act();
    });
  }

  /** The next speed of the list, or the one before. */
  #faster(by: number): void {
    const at = Math.max(0, Math.min(SPEEDS.length - 1, this.#speed.selectedIndex + by));
    this.#speed.selectedIndex = at;
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
