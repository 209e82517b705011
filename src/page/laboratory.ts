/**
 * The laboratory: the same replay with a second world beside it, whose leverage, depth, positions, ladder and shock are turned
 * by hand, on the same seed; and runs of both in the background, as a histogram with its interval.
 */
import { wilson } from '../stats/intervals/proportion.ts';
import type { Outcome } from '../replay/outcome-columns.ts';
import type { Settings } from '../replay/settings.ts';
import { AS_WRITTEN } from '../replay/settings.ts';
import { percentText } from '../replay/words.ts';
import { BarView } from './bars.ts';
import type { PageData } from '../replay/page-data.ts';
import { colour, el } from './dom.ts';
import { Engine } from './engine.ts';
import type { Play } from './protocol.ts';
import { Replay } from './replay.ts';

/** Runs of each world, and those that one question makes. */
const RUNS = 100;
const BINS = 20;

const SLIDERS: readonly {
  readonly name: 'leverage' | 'depth' | 'openInterest' | 'shock';
  readonly label: string;
}[] = [
  { name: 'leverage', label: 'leverage of traders' },
  { name: 'openInterest', label: 'open positions' },
  { name: 'depth', label: 'depth of the book' },
  { name: 'shock', label: 'size of the shock' },
];

export class Laboratory {
  readonly element: HTMLElement;
  readonly replay: Replay;
  readonly #data: PageData;
  readonly #settings: { -readonly [K in keyof Settings]: Settings[K] } = { ...AS_WRITTEN };
  readonly #bars = new BarView('Share of the open interest that was liquidated, by run');
  readonly #words = el('p', { class: 'outcomes', 'aria-live': 'polite' });
  readonly #workers: readonly [Engine, Engine];
  readonly #outcomes: [Outcome[], Outcome[]] = [[], []];
  #batch = 0;
  #waiting = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.replay = new Replay(data);
    const crash = (message: string): void => {
      this.#words.textContent = `The runs in the background have stopped: ${message}`;
    };
    this.#workers = [new Engine(crash), new Engine(crash)];
    this.element = el('div', { class: 'laboratory' }, [this.#drawer(), this.replay.element]);
  }

  async begin(): Promise<void> {
    for (const worker of this.#workers) await worker.ask({ ask: 'experiment', text: this.#data.experiment });
    await this.replay.begin({
      settings: () => this.#settings,
      changed: () => {
        void this.#runBoth();
      },
    });
  }

  #drawer(): HTMLElement {
    const sliders = SLIDERS.map(({ name, label }) => {
      const value = el('output', {}, '×1.00');
      // Of its logarithm to base 2: the middle is as written.
      const slider = el('input', { type: 'range', min: '-2', max: '2', step: '0.25', value: '0', name });
      slider.addEventListener('input', () => {
        this.#settings[name] = 2 ** Number(slider.value);
        value.textContent = `×${this.#settings[name].toFixed(2)}`;
        this.#changeSoon();
      });
      return el('label', {}, [label, slider, value]);
    });
    const ladder = el('select', { name: 'ladder' }, [
      el('option', { value: '' }, 'each policy’s own'),
      ...this.#data.ladders.map((name) => el('option', { value: name }, name)),
    ]);
    ladder.addEventListener('change', () => {
      this.#settings.ladder = ladder.value;
      this.#changeSoon();
    });
    return el('section', { class: 'drawer', 'aria-label': 'What is turned in the second world' }, [
      el('div', { class: 'sliders' }, [...sliders, el('label', {}, ['call ladder', ladder])]),
      el('div', { class: 'batch' }, [this.#bars.sheet.canvas, this.#words]),
    ]);
  }

  /** A slider that moves on makes nothing yet. */
  #changeSoon(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => void this.replay.make(), 250);
  }

  /** Runs of both worlds, on the same seeds, each in a worker of its own. */
  async #runBoth(): Promise<void> {
    const batch = ++this.#batch;
    this.#outcomes[0] = [];
    this.#outcomes[1] = [];
    const { policy, shock, beside } = this.replay.place;
    const plays: readonly [Play, Play] = [
      { policy, shock, run: 0, venue: 0, instrument: 0 },
      {
        policy: beside === '' ? policy : beside,
        shock,
        run: 0,
        venue: 0,
        instrument: 0,
        settings: { ...this.#settings },
      },
    ];
    await Promise.all(
      plays.map(async (play, i) => {
        await this.#workers[i]!.ask({ ask: 'batch', play, from: 0, runs: RUNS }, (answer) => {
          if (!('outcome' in answer) || batch !== this.#batch) return;
          this.#outcomes[i]!.push(answer.outcome);
          this.#draw();
        });
      }),
    );
  }

  #draw(): void {
    const bars = this.#outcomes.map((outcomes, i) => {
      const counts = new Int32Array(BINS);
      for (const { share } of outcomes) {
        const bin = Math.min(BINS - 1, Math.floor(share * BINS));
        counts[bin] = counts[bin]! + 1;
      }
      return {
        counts,
        colourOf: () => colour(i === 0 ? 'bid' : 'ask'),
        title: `${i === 0 ? 'as written' : 'turned'}: ${outcomes.length} of ${RUNS} runs`,
        labels: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ bin: share * BINS, text: `${100 * share} %` })),
      };
    });
    this.#bars.show(...bars);
    const words = this.#outcomes.map((outcomes, i) => {
      if (outcomes.length === 0) return '';
      const systemic = outcomes.filter((one) => one.systemic > 0).length;
      const { low, high } = wilson(systemic, outcomes.length);
      const fall = outcomes.reduce((sum, { drop }) => sum + drop, 0) / outcomes.length;
      return (
        `${i === 0 ? 'As written' : 'Turned'}: P(cascade) ${(systemic / outcomes.length).toFixed(2)} ` +
        `[${low.toFixed(2)}, ${high.toFixed(2)}] (95 %, ${outcomes.length} runs), mean fall ${percentText(fall)}`
      );
    });
    // What anybody can compare with the table `runs` of a results folder.
    this.#words.dataset['made'] = String(this.#outcomes[0].length);
    this.#words.dataset['first'] = JSON.stringify(this.#outcomes[0].slice(0, 3));
    this.#words.textContent = words.filter((text) => text !== '').join(' · ');
  }
}
