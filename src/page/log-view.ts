/** The log of what happened up to now, the latest first. */
import type { Entry } from '../replay/log.ts';
import { moneyText, clockText } from '../replay/words.ts';
import { el } from './dom.ts';

/** Lines that are shown at once. */
const SHOWN = 120;

export class LogView {
  readonly element = el('ol', { class: 'log', 'aria-label': 'Log of calls, forced orders and losses' });
  readonly #money: string;
  readonly #go: (time_us: number) => void;
  readonly #open: (account: number) => void;
  #entries: readonly Entry[] = [];
  #drawn = -1;

  constructor(money: string, go: (time_us: number) => void, open: (account: number) => void) {
    this.#money = money;
    this.#go = go;
    this.#open = open;
  }

  show(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#drawn = -1;
  }

  draw(time_us: number): void {
    const end = upperBound(this.#entries, time_us);
    if (end === this.#drawn) return;
    this.#drawn = end;
    const lines = this.#entries.slice(Math.max(0, end - SHOWN), end).reverse();
    this.element.replaceChildren(...lines.map((entry) => this.#line(entry)));
    if (lines.length === 0) this.element.append(el('li', { class: 'quiet' }, 'Nothing has happened yet.'));
  }

  #line({ time_us, kind, account, money, text }: Entry): HTMLLIElement {
    const time = el(
      'button',
      { type: 'button', class: 'link', title: 'Go to this moment' },
      clockText(time_us),
    );
    time.addEventListener('click', () => {
      this.#go(time_us);
    });
    const content: (Node | string)[] = [time, ' ', text];
    if (money !== 0) content.push(`, ${moneyText(money)} ${this.#money}`);
    if (account >= 0) {
      const open = el('button', { type: 'button', class: 'link', 'aria-label': `Account ${account}` }, '⌕');
      open.addEventListener('click', () => {
        this.#open(account);
      });
      content.push(' ', open);
    }
    return el('li', { class: `entry ${kind}` }, content);
  }
}

/** How many entries are not later than a time. */
function upperBound(entries: readonly Entry[], time_us: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.time_us <= time_us) low = middle + 1;
    else high = middle;
  }
  return low;
}
