/** The frame of the replay: where the pictures and panels stand, and a sentence for each. */
import { el } from './dom.ts';

export interface Parts {
  readonly chooser: HTMLElement;
  readonly stages: readonly HTMLElement[];
  readonly log: HTMLElement;
  readonly health: HTMLElement;
  readonly tree: HTMLElement;
  readonly account: HTMLElement;
  readonly world: HTMLElement;
  readonly controls: HTMLElement;
}

const TIPS = [
  'Blue is what rests to buy, orange what rests to sell; the stronger, the more money.',
  'Diamonds are forced orders, at the mark at which they were given; larger ones are larger.',
  'The solid line is the price of the last trade, the dashed one the mark, the dotted one the price of the twin: the same luck, nobody liquidated.',
  'Beside the book: the positions that break at each price.',
  'Fork: from the moment that is shown on one thing is changed, in a second world beside the first. It stands in the address.',
  'Keys: space plays, . steps an event, > a hundred, Home and End go to the ends, [ and ] change the speed, f forks, x takes the fork back, d goes to the first difference. On the picture of the book: arrows go a second, + and − (or the wheel) zoom in time. On the cascade: arrows go from dot to dot, Enter opens the account.',
];

export function layout(parts: Parts): HTMLElement {
  return el('main', { class: 'replay' }, [
    parts.chooser,
    el('div', { class: 'stages' }, parts.stages),
    panels(parts),
    parts.controls,
  ]);
}

function panels(parts: Parts): HTMLElement {
  return el('aside', { class: 'panels', tabindex: '0', 'aria-label': 'Panels' }, [
    panel('Log', 'What has happened up to now, the latest first; a time goes there.', parts.log),
    panel(
      'Accounts by health',
      'Equity over what it must be: an account at 1 is called. The scale doubles from mark to mark.',
      parts.health,
    ),
    panel(
      'Cascade by generation',
      'A dot an account that was liquidated, with a line to the one whose liquidation broke it; a click opens the account.',
      parts.tree,
    ),
    panel('Accounts', 'Who holds what, when it was called, how it ended.', parts.account),
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
