/** What is played: policy, shock, run, book, and what stands beside it — another policy, or this run's own fork. */
import type { PageData } from '../replay/page-data.ts';
import { clockText } from '../replay/words.ts';
import type { Place } from './address.ts';
import { el } from './dom.ts';

export interface Chosen {
  /** Something else is to be played. */
  readonly choose: (change: Partial<Place>) => void;
  /** The run is to be forked at the moment that is shown, with this changed: `engine=off`. */
  readonly fork: (change: string) => void;
}

type Options = readonly (readonly [value: string, text: string])[];

export class Chooser {
  readonly element: HTMLElement;
  readonly #policy: HTMLSelectElement;
  readonly #shock: HTMLSelectElement;
  readonly #run: HTMLInputElement;
  readonly #book: HTMLSelectElement;
  readonly #beside: HTMLSelectElement;
  readonly #change: HTMLSelectElement;
  readonly #forked = el('span', { class: 'forked' });
  readonly #drop = el('button', { type: 'button', title: 'The run alone again (key x)' }, 'take back');

  constructor(data: PageData, status: HTMLElement, { choose, fork }: Chosen) {
    const policies = data.policies.map((name) => [name, name] as const);
    const numbered = (texts: readonly string[]): Options => texts.map((text, i) => [String(i), text]);
    this.#policy = selectOf(policies, (policy) => {
      choose({ policy });
    });
    this.#shock = selectOf(numbered(data.shocks), (shock) => {
      choose({ shock: Number(shock) });
    });
    this.#book = selectOf(numbered(data.books.map(({ label }) => label)), (book) => {
      choose({ book: Number(book) });
    });
    this.#beside = selectOf([['', 'nothing'], ...policies], (beside) => {
      choose({ beside, fork_us: -1, change: '' });
    });
    this.#change = selectOf(
      data.changes.map(({ text, title }) => [text, title] as const),
      () => undefined,
    );
    this.#run = el('input', { type: 'number', min: '0', max: String(data.runs - 1) });
    this.#run.addEventListener('change', () => {
      const number = Math.max(0, Math.min(data.runs - 1, Math.floor(Number(this.#run.value))));
      this.#run.value = String(number);
      choose({ run: number });
    });
    const here = el(
      'button',
      { type: 'button', class: 'fork', title: 'From the moment that is shown on, beside the run (key f)' },
      'fork here',
    );
    here.addEventListener('click', () => {
      fork(this.change);
    });
    this.#drop.addEventListener('click', () => {
      choose({ fork_us: -1, change: '' });
    });
    this.element = el('div', { class: 'choices' }, [
      el('label', {}, ['policy ', this.#policy]),
      el('label', {}, ['shock ', this.#shock]),
      el('label', {}, ['run ', this.#run]),
      ...(data.books.length < 2 ? [] : [el('label', {}, ['book ', this.#book])]),
      el('label', {}, ['beside ', this.#beside]),
      el('span', { class: 'forking', role: 'group', 'aria-label': 'Fork of the run' }, [
        el('label', {}, ['fork: ', this.#change]),
        here,
        this.#forked,
        this.#drop,
      ]),
      status,
    ]);
  }

  /** What a fork would change. */
  get change(): string {
    return this.#change.value;
  }

  show({ policy, shock, run, book, beside, fork_us, change }: Place): void {
    this.#policy.value = policy;
    this.#shock.value = String(shock);
    this.#run.value = String(run);
    this.#book.value = String(book);
    this.#beside.value = beside;
    const isForked = fork_us >= 0;
    if (isForked) this.#change.value = change;
    this.#forked.textContent = isForked ? `forked at ${clockText(fork_us)}` : '';
    this.#drop.hidden = !isForked;
  }
}

function selectOf(options: Options, set: (value: string) => void): HTMLSelectElement {
  const select = el(
    'select',
    {},
    options.map(([key, text]) => el('option', { value: key }, text)),
  );
  select.addEventListener('change', () => {
    set(select.value);
  });
  return select;
}
