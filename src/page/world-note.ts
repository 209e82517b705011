/** What proves that this is the run: its hash, and what the results folder says of it beside what came out here. */
import type { PageData } from '../replay/page-data.ts';
import { RECORDED } from '../replay/page-data.ts';
import { countText, moneyText } from '../replay/words.ts';
import type { Place } from './address.ts';
import { el } from './dom.ts';
import type { Played } from './protocol.ts';
import type { Second } from './second.ts';

export class WorldNote {
  readonly #main = el('p', { class: 'quiet' });
  readonly #second = el('p', { class: 'quiet' });
  readonly element = el('div', { class: 'world' }, [this.#main, this.#second]);

  show(played: Played, data: PageData, place: Place): void {
    const { hash, events, took_ms, forced, shock_us } = played;
    const there = recorded(data, place);
    const liquidated = new Set(forced.account.filter((_, i) => forced.time_us[i]! >= shock_us));
    this.#main.replaceChildren(
      'World hash at the end ',
      el('code', { 'data-world-hash': hash }, hash),
      `: ${countText(events)} events, made here in ${(took_ms / 1000).toFixed(2)} s; ${moneyText(events / (took_ms / 1000))} events/s. Seed ${data.seed}, unwind ${data.unwind}. `,
      `Accounts liquidated from the shock on: ${countText(liquidated.size)} here`,
      there === undefined
        ? '.'
        : `, ${countText(there)} in the results folder${there === liquidated.size ? '.' : ': THIS IS NOT THE RUN THAT WAS RECORDED.'}`,
    );
  }

  /** Of the world beside it; undefined: there is none. */
  showSecond(second: Second | undefined, played: Played | undefined): void {
    if (second === undefined || played === undefined) {
      this.#second.replaceChildren();
      return;
    }
    const { command, title } = second;
    const { hash, events } = played;
    this.#second.replaceChildren(
      `Beside it, ${title}: world hash `,
      el('code', { 'data-second-hash': hash }, hash),
      `, ${countText(events)} events.`,
      ...(command === '' ? [] : [' The same in Node, with all its numbers: ', el('code', {}, command)]),
    );
  }
}

/** Accounts that were liquidated, as the results folder has it; undefined: it does not say. */
function recorded({ policies, recorded: rows }: PageData, { policy, shock, run }: Place): number | undefined {
  const key = [policies.indexOf(policy), shock, run];
  const row = rows.find((one) => key.every((value, i) => one[i] === value));
  return row?.[RECORDED.indexOf('accounts')];
}
