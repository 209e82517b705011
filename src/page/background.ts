/** Runs of both worlds in the background, on the same seeds: how much was liquidated, and how often it was a cascade. */
import type { Outcome } from '../replay/outcome-columns.ts';
import { percentText } from '../replay/words.ts';
import { wilson } from '../stats/intervals/proportion.ts';
import type { Place } from './address.ts';
import type { Bars } from './bars.ts';
import { BarView } from './bars.ts';
import { colour, el } from './dom.ts';
import { Engine } from './engine.ts';
import type { Play } from './protocol.ts';

/** Runs of each world. */
const RUNS = 300;
const BINS = 20;

type Number2 = 0 | 1;
const WORLDS: readonly Number2[] = [0, 1];
const NAMES = ['as written', 'turned'] as const;

export class Background {
  readonly element: HTMLElement;
  readonly #bars = new BarView('Share of the open interest that was liquidated, by run');
  readonly #words = el('p', { class: 'outcomes', 'aria-live': 'off' });
  readonly #engines: readonly [Engine, Engine];
  readonly #outcomes: [Outcome[], Outcome[]] = [[], []];
  #batch = 0;

  constructor() {
    const crash = (message: string): void => {
      this.#words.textContent = `The runs in the background have stopped: ${message}`;
    };
    this.#engines = [new Engine(crash), new Engine(crash)];
    this.element = el('div', { class: 'batch' }, [this.#bars.sheet.canvas, this.#words]);
  }

  async begin(experiment: string): Promise<void> {
    for (const engine of this.#engines) await engine.ask({ ask: 'experiment', text: experiment });
  }

  /** Each world in a worker of its own; runs that are under way end. */
  async run(place: Place): Promise<void> {
    const batch = ++this.#batch;
    await Promise.all(
      WORLDS.map(async (i) => {
        this.#outcomes[i] = [];
        const play = i === 0 ? written(place) : turned(place);
        try {
          await this.#engines[i].ask({ ask: 'batch', play, from: 0, runs: RUNS }, (answer) => {
            if (!('outcome' in answer) || batch !== this.#batch) return;
            this.#outcomes[i].push(answer.outcome);
            this.#draw();
          });
        } catch (error) {
          this.#words.textContent = `The runs in the background have stopped: ${(error as Error).message}`;
        }
      }),
    );
  }

  #draw(): void {
    this.#bars.show(...WORLDS.map((i) => barsOf(this.#outcomes[i], i)));
    // What anybody can compare with the table `runs` of a results folder.
    this.#words.dataset['made'] = String(this.#outcomes[0].length);
    this.#words.dataset['first'] = JSON.stringify(this.#outcomes[0].slice(0, 3));
    this.#words.dataset['turned'] = JSON.stringify(this.#outcomes[1].slice(0, 3));
    const words = WORLDS.map((i) => wordsOf(this.#outcomes[i], NAMES[i]));
    this.#words.textContent = words.filter((text) => text !== '').join(' · ');
  }
}

function written({ policy, shock }: Place): Play {
  return { policy, shock, run: 0, venue: 0, instrument: 0 };
}

function turned(place: Place): Play {
  const { policy, beside, settings, isAtShock } = place;
  const other = beside === '' ? policy : beside;
  if (!isAtShock) return { ...written(place), policy: other, settings };
  const changes = other === policy ? [] : [{ policy: other }];
  return { ...written(place), fork: { changes, settings } };
}

/** Bars with the interval that so few runs leave of each share. */
function barsOf(outcomes: readonly Outcome[], world: Number2): Bars {
  const counts = new Int32Array(BINS);
  for (const { share } of outcomes) {
    const bin = Math.min(BINS - 1, Math.floor(share * BINS));
    counts[bin] = counts[bin]! + 1;
  }
  const runs = outcomes.length;
  return {
    counts,
    intervals: Array.from(counts, (count) => {
      const { low, high } = wilson(count, Math.max(1, runs));
      return [low * runs, high * runs] as const;
    }),
    colourOf: () => colour(world === 0 ? 'bid' : 'ask'),
    title: [
      `${NAMES[world]}: ${runs} of ${RUNS} runs`,
      'share of open interest liquidated',
      'lines: 95 % intervals',
    ],
    labels: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ bin: share * BINS, text: `${100 * share} %` })),
  };
}

function wordsOf(outcomes: readonly Outcome[], name: string): string {
  if (outcomes.length === 0) return '';
  const systemic = outcomes.filter((one) => one.systemic > 0).length;
  const { low, high } = wilson(systemic, outcomes.length);
  const fall = outcomes.reduce((sum, { drop }) => sum + drop, 0) / outcomes.length;
  return (
    `${name}: P(cascade) ${(systemic / outcomes.length).toFixed(2)} ` +
    `[${low.toFixed(2)}, ${high.toFixed(2)}] (95 %, ${outcomes.length} runs), mean fall ${percentText(fall)}`
  );
}
