/** The panel of accounts: one of them with its history, or the ten largest. */
import type { Book, PageData } from '../replay/page-data.ts';
import { accountCard, accountList } from './account-view.ts';
import { el } from './dom.ts';
import type { Engine } from './engine.ts';

export interface AccountWishes {
  /** An account is to be shown. */
  readonly open: (account: number) => void;
  readonly fail: (error: unknown) => void;
}

export class AccountPanel {
  readonly element: HTMLElement;
  readonly #shown = el('div', { class: 'account', 'aria-live': 'polite' });
  readonly #engine: Engine;
  readonly #data: PageData;
  readonly #wishes: AccountWishes;

  constructor(engine: Engine, data: PageData, wishes: AccountWishes) {
    this.#engine = engine;
    this.#data = data;
    this.#wishes = wishes;
    const largest = el('button', { type: 'button' }, 'ten largest');
    largest.addEventListener('click', () => void this.#listLargest());
    const find = el('input', {
      type: 'number',
      min: '0',
      placeholder: 'account',
      'aria-label': 'Number of an account',
    });
    find.addEventListener('change', () => {
      wishes.open(Number(find.value));
    });
    this.element = el('div', {}, [el('div', { class: 'find' }, [largest, find]), this.#shown]);
  }

  /** Shows an account as it is at the moment that the engine stands at. */
  async show(account: number, book: Book): Promise<void> {
    try {
      const answer = await this.#engine.ask({ ask: 'account', which: 'main', account });
      if ('account' in answer) this.#shown.replaceChildren(accountCard(answer.account, this.#data, book));
    } catch (error) {
      this.#wishes.fail(error);
    }
  }

  async #listLargest(): Promise<void> {
    const answer = await this.#engine.ask({ ask: 'largest', which: 'main' });
    if (!('accounts' in answer)) return;
    this.#shown.replaceChildren(accountList(answer.accounts, this.#data.money, this.#wishes.open));
  }
}
