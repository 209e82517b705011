/** The frame of the replay: what is chosen, where the pictures and panels stand, and a sentence for each. */
import type { PageData } from '../replay/page-data.ts';
import type { Place } from './address.ts';
import { el } from './dom.ts';

export interface Parts {
  readonly stages: readonly HTMLElement[];
  readonly log: HTMLElement;
  readonly health: HTMLElement;
  readonly tree: HTMLElement;
  readonly account: HTMLElement;
  readonly world: HTMLElement;
  readonly status: HTMLElement;
  readonly controls: HTMLElement;
}

export interface Choices {
  /** Something else is to be played. */
  readonly choose: (change: Partial<Place>) => void;
  readonly listLargest: () => void;
  readonly openAccount: (account: number) => void;
}

const TIPS = [
  'Blue is what rests to buy, orange what rests to sell; the stronger, the more money.',
  'Diamonds are forced orders, at the mark at which they were given; larger ones are larger.',
  'The solid line is the price of the last trade, the dashed one the mark, the dotted one the price of the twin: the same luck, nobody liquidated.',
  'Beside the book: the positions that break at each price.',
  'Keys: space plays, . steps an event, d goes to the first difference; wheel or + and − zoom in time.',
];

export function layout(data: PageData, place: Place, parts: Parts, choices: Choices): HTMLElement {
  return el('main', { class: 'replay' }, [
    chooser(data, place, parts.status, choices),
    el('div', { class: 'stages' }, parts.stages),
    panels(parts, choices),
    parts.controls,
  ]);
}

function chooser(data: PageData, place: Place, status: HTMLElement, { choose }: Choices): HTMLElement {
  const { policies, shocks, runs, books } = data;
  const run = el('input', { type: 'number', min: '0', max: String(runs - 1), value: String(place.run) });
  run.addEventListener('change', () => {
    const number = Math.max(0, Math.min(runs - 1, Math.floor(Number(run.value))));
    run.value = String(number);
    choose({ run: number });
  });
  const named = policies.map((name) => [name, name] as const);
  return el('div', { class: 'choices' }, [
    picker('policy', named, place.policy, (policy) => choose({ policy })),
    picker(
      'shock',
      shocks.map((title, i) => [String(i), title] as const),
      String(place.shock),
      (shock) => choose({ shock: Number(shock) }),
    ),
    el('label', {}, ['run ', run]),
    ...(books.length < 2
      ? []
      : [
          picker(
            'book',
            books.map(({ label }, i) => [String(i), label] as const),
            String(place.book),
            (book) => {
              choose({ book: Number(book) });
            },
          ),
        ]),
    picker('beside', [['', 'nothing'], ...named], place.beside, (beside) => choose({ beside })),
    status,
  ]);
}

function picker(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  set: (value: string) => void,
): HTMLElement {
  const select = el(
    'select',
    {},
    options.map(([key, text]) => el('option', { value: key }, text)),
  );
  select.value = value;
  select.addEventListener('change', () => {
    set(select.value);
  });
  return el('label', {}, [`${label} `, select]);
}

function panels(parts: Parts, { listLargest, openAccount }: Choices): HTMLElement {
  const largest = el('button', { type: 'button' }, 'ten largest');
  largest.addEventListener('click', listLargest);
  const find = el('input', {
    type: 'number',
    min: '0',
    placeholder: 'account',
    'aria-label': 'Number of an account',
  });
  find.addEventListener('change', () => {
    openAccount(Number(find.value));
  });
  return el('aside', { class: 'panels' }, [
    panel('Log', 'What has happened up to now, the latest first; a time goes there.', parts.log),
    panel(
      'Accounts by health',
      'Equity over what it must be: an account at 1 is called. The scale doubles from mark to mark.',
      parts.health,
    ),
    panel(
      'Cascade by generation',
      'A dot an account that was liquidated, with a line to the one whose liquidation broke it.',
      parts.tree,
    ),
    panel(
      'Accounts',
      'Who holds what, when it was called, how it ended.',
      el('div', { class: 'find' }, [largest, find]),
      parts.account,
    ),
    el('details', { class: 'panel', ...(isFirstVisit() ? { open: '' } : {}) }, [
      el('summary', {}, 'What is what'),
      el(
        'ul',
        { class: 'tips' },
        TIPS.map((text) => el('li', {}, text)),
      ),
    ]),
    parts.world,
  ]);
}

function panel(title: string, about: string, ...content: readonly Node[]): HTMLElement {
  return el('section', { class: 'panel' }, [
    el('h3', {}, title),
    el('p', { class: 'quiet about' }, about),
    ...content,
  ]);
}

/** A page from disk may be allowed to remember nothing: then every visit is the first. */
function isFirstVisit(): boolean {
  try {
    const seen = localStorage.getItem('unwind-seen') !== null;
    localStorage.setItem('unwind-seen', 'yes');
    return !seen;
  } catch {
    return true;
  }
}
